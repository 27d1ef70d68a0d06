import { at, isDeleted, owns, standing } from './folds.ts';
import { onward, undoing } from './onward.ts';
import { send } from './send.ts';
import { accountName, acknowledge, become, keeps, keyName, reading, wishIsTrue } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { Found, KeyNo, Process, Stage } from './world.ts';

/** Step 2 of the protocol: decide as far as possible before touching claims. A key already owned is not claimed. */
export function decide(turn: Turn): readonly Step[] {
  const { task, state, me } = turn;
  if (task.kind !== 'change') return [];
  return reading(turn, at(state.accounts, task.account), (stream) => {
    const text = `reads ${accountName(task.account)}`;
    if (isDeleted(stream)) return [become(turn, onward(turn, 'end'), `${text}: deleted, refused`)];
    if (wishIsTrue(task, stream)) {
      return [acknowledge(turn, onward(turn, 'next'), `${text}: its wish is true already`)];
    }
    const todo = task.gains.filter((key) => !owns(stream, key));
    return [become(turn, claimNext(me, todo), `${text} and decides`)];
  });
}

/** On to the next key, `none` first and without reading; when all are claimed, to the account. */
export function claimNext(me: Process, todo: readonly KeyNo[]): Process {
  const stage: Stage = todo.length > 0 ? { at: 'claim', expected: 0 } : { at: 'load', first: true };
  return { ...me, todo, stage };
}

/** Appends `Claimed` at the revision read. A process may give up here: what comes late is a claim nobody commits. */
export function claim(turn: Turn, { expected }: { readonly expected: number }): readonly Step[] {
  const { task, me, attempt } = turn;
  if (task.kind !== 'change') return [];
  const stream = at(me.todo, 0);
  const event = { type: 'Claimed', by: attempt, account: task.account } as const;
  const cas = keeps(turn, 'claim-at-revision');
  const sent = send(
    turn,
    { to: 'claim', stream, expected: cas ? expected : null, event },
    {
      text: `claims ${keyName(stream)} for ${accountName(task.account)}`,
      ok: claimNext({ ...me, claimed: [...me.claimed, stream] }, me.todo.slice(1)),
      conflict: { ...me, stage: { at: 'look' } },
    },
  );
  if (!turn.model.scenario.outages) return sent;
  return [...sent, become(turn, undoing(turn, 'end'), 'finds the store away and gives up')];
}

/** Reads the claim in the way. */
export function look(turn: Turn): readonly Step[] {
  const { state, me, task } = turn;
  const key = at(me.todo, 0);
  const text = `reads ${keyName(key)}`;
  return reading(turn, at(state.claims, key), (stream) => {
    const claimed = standing(stream);
    if (claimed) {
      const { account, by } = claimed;
      const found: Found = { length: stream.length, account, attempt: by };
      const judging: Process = { ...me, stage: { at: 'judge', found } };
      return [become(turn, judging, `${text}: ${accountName(account)} by ${by}`)];
    }
    if (task.kind === 'tidy') return [become(turn, onward(turn, 'end'), `${text}: free`)];
    const claiming: Process = { ...me, stage: { at: 'claim', expected: stream.length } };
    return [become(turn, claiming, `${text}: free`)];
  });
}
