import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MergedHistory } from '../../app/history-merge.server.ts';
import {
  placeOf,
  timeOf,
  type Found,
  type Places,
  type SourceName,
} from '../../app/history-sources.server.ts';

const timeAt = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

const recordedAt = (source: 'facts' | 'looks', revision: number, minute: number): Found => ({
  source,
  recorded: {
    stream: 'account-1',
    revision,
    position: BigInt(revision),
    id: `${source}-${revision}`,
    type: 'Any',
    data: {},
    metadata: { at: timeAt(minute), v: 1, actor: 'self', requestId: 'r', chain: '' },
  },
});

const attemptAt = (place: number, minute: number): Found => ({
  source: 'attempts',
  activity: {
    activityId: `attempt-${place}`,
    place,
    accountId: '1',
    kind: 'signed-in',
    at: new Date(timeAt(minute)),
    method: null,
    device: {},
  },
});

type Minutes = Readonly<Record<SourceName, readonly number[]>>;

/** Everything there is in one list, newest first; a place is an index, its clock says whatever it says. */
const listOf = (minutes: Minutes, source: SourceName): readonly Found[] =>
  minutes[source]
    .map((minute, at) =>
      source === 'attempts' ? attemptAt(at, minute) : recordedAt(source, at, minute),
    )
    .toReversed();

async function* before(list: readonly Found[], place: number): AsyncGenerator<Found> {
  yield* list.filter((found) => placeOf(found) < place);
}

const everything: Places = { facts: Infinity, attempts: Infinity, looks: Infinity };

/** Up to `max` of them behind the places, and where the rest begins. */
async function read(minutes: Minutes, places: Places, max: number) {
  const merged = new MergedHistory(
    {
      facts: before(listOf(minutes, 'facts'), places.facts),
      attempts: before(listOf(minutes, 'attempts'), places.attempts),
      looks: before(listOf(minutes, 'looks'), places.looks),
    },
    places,
  );
  const found: Found[] = [];
  for (let next = await merged.next(); next; next = await merged.next()) {
    found.push(next);
    if (found.length === max) return { found, rest: merged.places };
  }
  return { found, rest: undefined };
}

async function readPages(minutes: Minutes, size: number): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (let places: Places | undefined = everything; places;) {
    const { found, rest }: Awaited<ReturnType<typeof read>> = await read(minutes, places, size);
    all.push(...found);
    places = rest;
  }
  return all;
}

const name = (found: Found) => `${found.source} ${placeOf(found)}`;
const clock = fc.array(fc.nat({ max: 30 }), { maxLength: 12 });
const anyMinutes = fc.record({ facts: clock, attempts: clock, looks: clock });

describe('F22 a history put together from lists whose clocks may be wrong', () => {
  test('keeps each list in its own order, and shows everything once', () =>
    fc.assert(
      fc.asyncProperty(anyMinutes, async (minutes) => {
        const { found } = await read(minutes, everything, Infinity);
        for (const source of ['facts', 'attempts', 'looks'] as const) {
          const places = found.filter((one) => one.source === source).map(placeOf);
          expect(places).toEqual(minutes[source].map((_, at) => at).toReversed());
        }
      }),
    ));

  test('reads the same in pages of any size as in one go', () =>
    fc.assert(
      fc.asyncProperty(anyMinutes, fc.integer({ min: 1, max: 7 }), async (minutes, size) => {
        const whole = (await read(minutes, everything, Infinity)).found;
        expect((await readPages(minutes, size)).map(name)).toEqual(whole.map(name));
      }),
    ));

  test('stands in the order of time where clocks were right', () =>
    fc.assert(
      fc.asyncProperty(anyMinutes, async (minutes) => {
        const right: Minutes = {
          facts: minutes.facts.toSorted((one, other) => one - other),
          attempts: minutes.attempts.toSorted((one, other) => one - other),
          looks: minutes.looks.toSorted((one, other) => one - other),
        };
        const times = (await read(right, everything, Infinity)).found.map(timeOf);
        expect(times).toEqual(times.toSorted().toReversed());
      }),
    ));

  test('a page behind another holds nothing that came since', async () => {
    const then: Minutes = { facts: [1, 2, 3], attempts: [], looks: [1] };
    const first = await read(then, everything, 2);
    const now: Minutes = { facts: [1, 2, 3, 4], attempts: [0, 4], looks: [1, 4] };

    const second = await read(now, first.rest ?? everything, 9);

    expect(first.found.map(name)).toEqual(['facts 2', 'facts 1']);
    expect(second.found.map(name)).toEqual(['facts 0', 'looks 0']);
  });
});
