import { changeRole, type ChangeRole } from '../commands/change-role.ts';
import { role as roleName } from '../domain/account/events.ts';
import { refusalCopy } from '../domain/account/refusal-copy.ts';
import { namedAccount } from './named-account.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

const done = { grant: 'has', revoke: 'no longer has' } as const;
const longestName = 64;

/** Gives a role to an account or takes it back; an event of the account, which its owner reads. */
export const role =
  (change: ChangeRole['change']) =>
  async ({ words, options, open }: Call): Promise<VerbAnswer> => {
    const [named = '', asked] = words;
    const parsed = roleName.safeParse(asked);
    if (!parsed.success) {
      throw new BadCall(`there is no such role; there is: ${roleName.options.join(', ')}`);
    }
    const by = nameOf(options['by']);
    const { deps } = await open();
    const { accountId } = await namedAccount(deps, named);
    const answer = await changeRole(deps, { accountId, change, role: parsed.data, by });
    if (!answer.ok) throw new BadCall(refusalCopy[answer.refusals[0].code]);
    return {
      text: `${accountId} ${done[change]} the role ${parsed.data}. It stands in the account's history.`,
      json: { accountId, role: parsed.data, change, revision: answer.revision },
    };
  };

function nameOf(by: string | boolean | undefined): string | undefined {
  if (typeof by !== 'string') return undefined;
  const name = by.normalize('NFC').trim();
  const fits = name.length > 0 && name.length <= longestName && !/\p{C}/u.test(name);
  if (!fits) throw new BadCall(`--by takes a name of 1 to ${longestName} characters`);
  return name;
}
