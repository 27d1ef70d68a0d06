import { at, isCommitted, isFenced, standing } from './folds.ts';
import { onward, releasing } from './onward.ts';
import { send } from './send.ts';
import { accountName, become, keeps, keyName, reading } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { AccountNo, Attempt, Found } from './world.ts';

/** Looks whether the claim to be released is still the one that is meant. */
export function find(turn: Turn): readonly Step[] {
  const { state, me, task, attempt } = turn;
  const { key, attempt: meant } = at(me.frees, 0);
  const exact = keeps(turn, meant === attempt ? 'undo-own' : 'release-recorded');
  return reading(turn, at(state.claims, key), (stream) => {
    const claimed = standing(stream);
    const ours = 'account' in task && claimed?.account === task.account;
    if (exact ? claimed?.by === meant : ours) {
      const stage = { at: 'release', expected: stream.length } as const;
      return [become(turn, { ...me, stage }, `reads ${keyName(key)}: to be released`)];
    }
    const rest = releasing(turn, me.frees.slice(1), me.after);
    return [become(turn, rest, `reads ${keyName(key)}: not to be released`)];
  });
}

/** Releases at the revision just read; a conflict means that somebody took the claim over. */
export function release(turn: Turn, { expected }: { readonly expected: number }): readonly Step[] {
  const { me } = turn;
  const { key, attempt: meant } = at(me.frees, 0);
  const rest = releasing(turn, me.frees.slice(1), me.after);
  const event = { type: 'Released', by: meant, attempt: meant } as const;
  const cas = keeps(turn, 'release-at-revision');
  return send(
    turn,
    { to: 'claim', stream: key, expected: cas ? expected : null, event },
    { text: `releases ${keyName(key)}`, ok: rest, conflict: rest },
  );
}

/** The janitor's release of a claim that no longer means anything. */
export function tidy(turn: Turn, { found }: { readonly found: Found }): readonly Step[] {
  const stream = at(turn.me.todo, 0);
  const event = { type: 'Released', by: found.attempt, attempt: found.attempt } as const;
  const end = onward(turn, 'end');
  return send(
    turn,
    { to: 'claim', stream, expected: found.length, event },
    { text: `tidies ${keyName(stream)}`, ok: end, conflict: end },
  );
}

interface Swept {
  readonly account: AccountNo;
  readonly attempt: Attempt;
}

/** The sweeper: fence the attempt, read again, and only then wipe what it made in the vault. */
export function sweep(turn: Turn, { account, attempt }: Swept): readonly Step[] {
  const { state, me } = turn;
  const text = `reads ${accountName(account)}: ${attempt}`;
  return reading(turn, at(state.accounts, account), (stream) => {
    if (isCommitted(stream, attempt)) return [become(turn, onward(turn, 'end'), `${text} counts`)];
    if (isFenced(stream, attempt) || !keeps(turn, 'sweeper-fences')) {
      return [become(turn, { ...me, stage: { at: 'wipe' } }, `${text} may be wiped`)];
    }
    const found = { length: 0, account, attempt };
    const stage = { at: 'fence', found, expected: stream.length } as const;
    return [become(turn, { ...me, stage }, `${text} is undecided`)];
  });
}

/** Deletes from the vault what an attempt made. */
export function wipe(turn: Turn): readonly Step[] {
  const { state, task } = turn;
  if (task.kind !== 'sweep') return [];
  const wiped = [...state.wiped, task.attempt].sort();
  const step = become(turn, onward(turn, 'end'), `wipes what ${task.attempt} made`);
  return [{ ...step, next: { ...step.next, wiped } }];
}
