import { claimNext } from './acquire.ts';
import { at, verdict } from './folds.ts';
import type { Verdict } from './folds.ts';
import { undoing } from './onward.ts';
import { send } from './send.ts';
import { accountName, become, earlier, keeps, reading } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { Found, Process } from './world.ts';

/** Reads the account of the claim in the way, which alone says what the claim is. */
export function judge(turn: Turn, { found }: { readonly found: Found }): readonly Step[] {
  const { state, me } = turn;
  const key = at(me.todo, 0);
  return reading(turn, at(state.accounts, found.account), (stream) => {
    const owners = keeps(turn, 'one-read') ? [stream] : earlier(stream);
    return owners.flatMap((owning) => {
      const is = verdict(stream, { key, attempt: found.attempt }, owning);
      return resolve(turn, { found, is, length: stream.length });
    });
  });
}

interface Judged {
  readonly found: Found;
  readonly is: Verdict;
  /** Of the account's stream as it was read. */
  readonly length: number;
}

/** The design's table. Whether an undecided claim is young or old is anybody's guess at any time. */
function resolve(turn: Turn, { found, is, length }: Judged): readonly Step[] {
  const { me, task } = turn;
  const own = task.kind === 'change' && task.account === found.account;
  const text = `reads ${accountName(found.account)}: ${found.attempt}'s claim is ${is}`;
  const undo = undoing(turn, 'end');
  const passed = claimNext(me, me.todo.slice(1));
  const taking = become(turn, takeOver(turn, found), text);
  if (is === 'held') {
    return [own ? become(turn, passed, `${text}, ours`) : become(turn, undo, `${text}, taken`)];
  }
  if (is === 'dead') return [taking];
  if (is === 'stale') {
    return [keeps(turn, 'resolve-stale') ? taking : become(turn, undo, `${text}, taken`)];
  }
  if (own && !keeps(turn, 'attempt-not-account')) {
    const claimed = [...me.claimed, at(me.todo, 0)];
    return [become(turn, { ...passed, claimed }, `${text}, taken for its own`)];
  }
  const fencing: Process = { ...me, stage: { at: 'fence', found, expected: length } };
  const old = keeps(turn, 'fence-first') ? become(turn, fencing, `${text}, old`) : taking;
  return own ? [old] : [old, become(turn, undo, `${text}, young: try again`)];
}

/** What may be taken is claimed over, or tidied away. */
function takeOver({ me, task }: Turn, found: Found): Process {
  if (task.kind === 'tidy') return { ...me, stage: { at: 'tidy', found } };
  return { ...me, stage: { at: 'claim', expected: found.length } };
}

/** `AttemptFenced` on the claim's account, at the revision just read; on conflict reads it again. */
export function fence(
  turn: Turn,
  { found, expected }: { readonly found: Found; readonly expected: number },
): readonly Step[] {
  const { me, attempt, task } = turn;
  const by = keeps(turn, 'fence-id') ? found.attempt : attempt;
  const event = { type: 'Fenced', by, attempt: found.attempt } as const;
  const cas = keeps(turn, 'fence-at-read-revision');
  const again: Process = { ...me, stage: { at: 'load', first: false } };
  const sweeping = task.kind === 'sweep';
  return send(
    turn,
    { to: 'account', stream: found.account, expected: cas ? expected : null, event },
    {
      text: `fences ${found.attempt}`,
      ok: sweeping ? again : takeOver(turn, found),
      conflict: sweeping ? again : { ...me, stage: { at: 'judge', found } },
    },
  );
}
