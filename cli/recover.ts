import { makeRecoveryLink } from '../commands/make-recovery-link.ts';
import { refusalCopy } from '../domain/account/refusal-copy.ts';
import { namedAccount } from './named-account.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/** A one-time link for somebody who lost every way in. Whoever makes it has made sure of who asks. */
export async function recover({ argument, environment, open }: Call): Promise<VerbAnswer> {
  const { deps } = await open();
  const named = await namedAccount(deps, argument);
  const link = await makeRecoveryLink(deps, named);
  if (!link.ok) throw new BadCall(refusalCopy[link.refusals[0].code]);
  const url = `${environment.origin}/recover/${link.token}`;
  const { accountId } = named;
  return {
    text: `${url}\nGood once, for one hour. It sets a password, ends every session of ${accountId}, and suspends its other ways in.`,
    json: { accountId, url, goodForSeconds: 3600 },
  };
}
