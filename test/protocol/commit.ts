import { at, isCommitted, isDeleted, isFenced, owned, owns } from './folds.ts';
import { releasing, undoing } from './onward.ts';
import { send } from './send.ts';
import { accountName, acknowledge, become, keeps, reading, wishIsTrue } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { AccountStream, Hold, KeyNo } from './world.ts';

/** Step 4: the account decides. Done, fenced, refused, or one try of the commit at this revision. */
export function load(turn: Turn, { first }: { readonly first: boolean }): readonly Step[] {
  const { task, state, me, attempt } = turn;
  if (task.kind !== 'change' && task.kind !== 'delete') return [];
  const text = `reads ${accountName(task.account)}`;
  return reading(turn, at(state.accounts, task.account), (stream) => {
    if (isCommitted(stream, attempt)) {
      return [acknowledge(turn, releasing(turn, me.frees, 'next'), `${text}: committed`)];
    }
    if (isFenced(stream, attempt) && (first || keeps(turn, 'own-fence'))) {
      return [become(turn, undoing(turn, 'again'), `${text}: fenced`)];
    }
    if (wishIsTrue(task, stream)) {
      return [acknowledge(turn, undoing(turn, 'next'), `${text}: its wish is true already`)];
    }
    if (isDeleted(stream)) return [become(turn, undoing(turn, 'end'), `${text}: deleted, refused`)];
    return [trying(turn, stream, text)];
  });
}

function trying(turn: Turn, stream: AccountStream, text: string): Step {
  const { me } = turn;
  const { gains, frees } = difference(turn, stream);
  const unclaimed = gains.some((key) => !me.claimed.includes(key));
  if (unclaimed && keeps(turn, 'commit-what-you-claimed')) {
    return become(turn, undoing(turn, 'again'), `${text}: would gain a key it did not claim`);
  }
  if (!keeps(turn, 'account-first') && me.after !== 'load' && frees.length > 0) {
    return become(turn, releasing(turn, frees, 'load'), `${text}: releases first`);
  }
  const expected = stream.length;
  const stage = { at: 'commit', expected, gains, frees, unsettled: false } as const;
  return become(turn, { ...me, stage }, `${text}: may commit`);
}

/** What the account has still to gain, and the claims it gives up, by the attempts its own events recorded. */
function difference({ task }: Turn, stream: AccountStream) {
  const holds = owned(stream);
  if (task.kind !== 'change') return { gains: [], frees: holds };
  const gains = task.gains.filter((key) => !owns(stream, key));
  return { gains, frees: holds.filter(({ key }) => task.drops.includes(key)) };
}

interface Try {
  readonly expected: number;
  readonly gains: readonly KeyNo[];
  readonly frees: readonly Hold[];
  readonly unsettled: boolean;
}

/** The one event that makes the wish true. Once an answer was lost, the same append is sent until it is settled. */
export function commit(turn: Turn, attempted: Try): readonly Step[] {
  const { task, me, attempt } = turn;
  if (task.kind !== 'change' && task.kind !== 'delete') return [];
  const { expected, gains, frees, unsettled } = attempted;
  const event =
    task.kind === 'delete'
      ? ({ type: 'Deleted', by: attempt } as const)
      : ({ type: 'Changed', by: attempt, gains, drops: frees.map(({ key }) => key) } as const);
  const again = { ...me, stage: { at: 'commit', ...attempted, unsettled: true } } as const;
  const sent = send(
    turn,
    { to: 'account', stream: task.account, expected, event },
    {
      text: `commits to ${accountName(task.account)}`,
      ok: releasing(turn, frees, 'next'),
      acks: true,
      conflict: { ...me, stage: { at: 'load', first: false } },
      lost: keeps(turn, 'unknown-no-undo') ? again : undoing(turn, 'end'),
      acksLost: !keeps(turn, 'unknown-no-success'),
    },
  );
  const mayGiveUp = !unsettled || !keeps(turn, 'unavailable-no-undo');
  if (!turn.model.scenario.outages || !mayGiveUp) return sent;
  return [...sent, become(turn, undoing(turn, 'end'), 'finds the store away and gives up')];
}
