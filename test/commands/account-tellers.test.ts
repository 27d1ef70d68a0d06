import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AccountTellers } from '../../commands/account-tellers.ts';
import type { AccountFact } from '../../domain/account/account.ts';
import type { AccountEvent } from '../../domain/account/events.ts';
import { replay } from '../../domain/account/evolve.ts';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { history } from '../support/account-histories.ts';

const at = '2026-01-01T00:00:00.000Z';
const factsOf = (events: readonly AccountEvent[]): readonly AccountFact[] =>
  events.map((event, revision) => ({ event, revision, at }));
const closed = (event: AccountEvent): AccountEvent => ({ ...event, personal: 'closed' });
const recordedAt = (revision: number): RecordedEvent => ({
  stream: 'account-1',
  revision,
  position: BigInt(revision),
  id: `event-${revision}`,
  type: 'any',
  data: {},
  metadata: { at, v: 1, actor: 'self', requestId: 'r', chain: '' },
});

/** Folds with every seal closed, then opens only what the tellers name. */
function openedAfterwards(events: readonly AccountEvent[]) {
  const tellers = new AccountTellers();
  for (const [revision, event] of events.entries()) {
    tellers.note(closed(event), recordedAt(revision));
  }
  const account = replay(factsOf(events.map(closed)));
  if (account.status !== 'active' && account.status !== 'closing') return { account, opened: 0 };
  let opened = 0;
  const decode = ({ revision }: RecordedEvent) => {
    opened += 1;
    const event = events[revision];
    if (!event) throw new Error('no such event');
    return event;
  };
  return { account: tellers.open(account, decode), opened };
}

describe('an account opened by the few events that tell its personal parts', () => {
  test('is what opening its whole stream gives, whatever happened to it', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(openedAfterwards(events).account).toEqual(replay(factsOf(events)));
      }),
    );
  });

  test('costs no more openings than it has fields and ways in, however long the stream', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { account, opened } = openedAfterwards(events);
        const ways = 'methods' in account ? account.methods.length : 0;
        expect(opened).toBeLessThanOrEqual(4 + ways);
      }),
    );
  });
});
