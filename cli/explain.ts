import type { ClaimKey } from '../commands/claims.ts';
import type { Deps } from '../commands/deps.ts';
import { explainSignIn } from '../commands/explain-sign-in.ts';
import { holdersOfKey, type Ownership } from '../commands/holders-of-key.ts';
import { replayAccount } from '../commands/replay-account.ts';
import { canonicalEmail, canonicalUsername } from '../domain/canonical.ts';
import { identity, identityValue } from '../domain/identity.ts';
import { namedAccount } from './named-account.ts';
import { differenceText, pointOf } from './replay.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/** Why this person could not sign in at a time. Names nobody: ids, kinds and times only. */
export async function explainSignInVerb(call: Call): Promise<VerbAnswer> {
  const point = pointOf(call, 'at');
  const { deps } = await call.open();
  const at = point.kind === 'time' ? point.at : deps.clock();
  if (point.kind === 'place') throw new BadCall('--at wants a time like 2026-03-14T16:20:00Z');
  const explanation = await explainSignIn(deps, { named: call.argument, at });
  const { accountId, against, beside } = explanation;
  const nothing =
    'nothing in the account stood against it: a wrong password, a spent limit, or the provider; see below';
  return {
    text: [
      `at ${at.toISOString()}, ${accountId === undefined ? 'no account' : `account ${accountId}`}:`,
      ...(against.length > 0 ? against : [nothing]).map((line) => `  ${line}`),
      ...(beside.length > 0 ? ['beside it:', ...beside.map((line) => `  ${line}`)] : []),
    ].join('\n'),
    json: { at: at.toISOString(), ...explanation, accountId: accountId ?? null },
  };
}

/** Which accounts ever held an e-mail, a username or an identity. What was typed is not repeated. */
export async function explainHolders(call: Call): Promise<VerbAnswer> {
  const { deps } = await call.open();
  const claim = claimOf(call, deps);
  const { ownerships, attempted } = await holdersOfKey(deps, claim);
  const lines = ownerships.map(
    ({ accountId, from, until }: Ownership) =>
      `  ${accountId}  ${from} to ${until ?? 'now, still'}`,
  );
  return {
    text: [
      lines.length === 0 ? `no account ever owned this ${claim.kind}` : `this ${claim.kind} was of`,
      ...lines,
      ...attempted.map((accountId) => `  ${accountId} tried, and never owned it`),
    ].join('\n'),
    json: { ...claim, ownerships, attempted },
  };
}

/** An account as it was, and what is other now. */
export async function explainAccount(call: Call): Promise<VerbAnswer> {
  const to = pointOf(call, 'at');
  const { deps } = await call.open();
  const { accountId } = await namedAccount(deps, call.argument);
  const opened = call.options['open'] === true;
  const { steps, account, since, laterEvents } = await replayAccount(deps, accountId, {
    to,
    opened,
  });
  const revision = steps.at(-1)?.revision ?? null;
  return {
    text: [
      `account ${accountId} as of revision ${revision ?? 'none'}:`,
      JSON.stringify(account, null, 2),
      laterEvents === 0 ? 'which is now' : `${laterEvents} events later, now:`,
      ...since.map(differenceText),
    ].join('\n'),
    json: { accountId, revision, account, laterEvents, since },
  };
}

function claimOf({ words, options }: Call, deps: Deps): ClaimKey {
  const [kind, value = ''] = words;
  switch (kind) {
    case 'email':
      return { kind, key: deps.keyOf(kind, canonicalEmail(value)) };
    case 'username':
      return { kind, key: deps.keyOf(kind, canonicalUsername(value)) };
    case 'identity': {
      const { provider } = options;
      const known = typeof provider === 'string' ? deps.providers.get(provider) : undefined;
      const issuer = typeof options['issuer'] === 'string' ? options['issuer'] : known?.issuer;
      const parsed = identity.safeParse({ issuer, subject: value });
      if (parsed.success) return { kind, key: deps.keyOf(kind, identityValue(parsed.data)) };
      throw new BadCall('an identity wants its --provider (configured) or its --issuer');
    }
    default:
      throw new BadCall('the kind is email, username or identity');
  }
}
