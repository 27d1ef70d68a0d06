import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountEventParts, type AccountEventType } from '../../domain/account/events.ts';
import { auditEvent } from '../../domain/audit.ts';
import { claimEvent } from '../../domain/claim/claim.ts';
import { installationEvent } from '../../domain/installation.ts';
import { chainStart, continuesChain } from '../../eventstore/chain.ts';
import { decodeAccountEvent } from '../../eventstore/codec.ts';
import type { RecordedEvent } from '../../eventstore/event-store.ts';
import { currentVersion, type Upcasters } from '../../eventstore/upcasters.ts';
import { answersOf, fixtureFile, recordedLog, sceneKey } from '../fixtures/recorded-log.ts';

const logs = readdirSync(fixtureFile('.')).filter((name) => name.endsWith('.jsonl'));
const everything = logs.flatMap(recordedLog);

const accountTypes = Object.keys(accountEventParts) as AccountEventType[];
const plainTypes = [installationEvent, ...claimEvent.options, ...auditEvent.options].map(
  (event) => event.shape.type.value,
);

describe.each(logs)('the recorded log %s', (name) => {
  test('is what was recorded: every chain is whole', () => {
    const heads = new Map<string, RecordedEvent>();
    for (const event of recordedLog(name)) {
      const head = heads.get(event.stream);
      expect(event.revision).toBe((head?.revision ?? -1) + 1);
      expect(continuesChain(head?.metadata.chain ?? chainStart(event.stream), event)).toBe(true);
      heads.set(event.stream, event);
    }
  });

  test('replays to the same answers for ever, opened, closed and erased (F21)', () => {
    const answers = readFileSync(fixtureFile(name.replace('.jsonl', '.answers.json')), 'utf8');
    const found = JSON.parse(JSON.stringify(answersOf(recordedLog(name)))) as unknown;
    expect(found).toEqual(JSON.parse(answers));
  });
});

describe('the recorded logs', () => {
  test.each([
    ...accountTypes.flatMap((type) =>
      Array.from({ length: currentVersion(type) }, (_, index) => [type, index + 1] as const),
    ),
    ...plainTypes.map((type) => [type, 1] as const),
  ])('hold %s in version %i; a new one is recorded by test/fixtures/record-log.ts', (type, v) => {
    expect(everything.some((event) => event.type === type && event.metadata.v === v)).toBe(true);
  });
});

describe('an older version of an event', () => {
  /** As if the display name had been called otherwise twice before, and a role had no name of its own. */
  const steps: Upcasters = {
    ProfileChanged: [
      { personal: ({ called, ...rest }) => ({ ...rest, title: called ?? '' }) },
      {
        personal: ({ title, ...rest }) => ({
          ...rest,
          name: `${z.string().parse(title)} (once a title)`,
        }),
      },
    ],
    RoleGranted: [{ clear: ({ auditor: _auditor, ...rest }) => ({ ...rest, role: 'auditor' }) }],
  };
  const place = { stream: 'account-a1', revision: 3, position: 9n, id: 'e1' };
  const metadata = { at: '2026-01-01T00:00:00.000Z', actor: 'self', requestId: 'r' } as const;
  const stored = (
    [type, v]: readonly [string, number],
    personal: object,
    clear = {},
  ): RecordedEvent => {
    const context = `${place.stream}\u0000${place.id}\u0000personal`;
    const { sealed, commitment } = sceneKey.seal(context, JSON.stringify(personal));
    const data = { ...clear, personal: { sealed, commitment } };
    return { ...place, type, data, metadata: { ...metadata, v, chain: 'c' } };
  };
  const open = sceneKey.open.bind(sceneKey);

  test('is lifted one step per version, in its sealed part', () => {
    const read = (v: number, personal: object) =>
      decodeAccountEvent(stored(['ProfileChanged', v], personal), open, steps).personal;
    expect(read(1, { called: 'Ann' })).toEqual({ name: 'Ann (once a title)' });
    expect(read(2, { title: 'Ann' })).toEqual({ name: 'Ann (once a title)' });
    expect(read(3, { name: 'Ann' })).toEqual({ name: 'Ann' });
  });

  test('is lifted in its clear part, also where the sealed one is closed or erased', () => {
    const event = stored(['RoleGranted', 1], { by: 'ops' }, { auditor: true });
    const lifted = { type: 'RoleGranted', role: 'auditor' };
    expect(decodeAccountEvent(event, open, steps)).toEqual({ ...lifted, personal: { by: 'ops' } });
    expect(decodeAccountEvent(event, undefined, steps)).toEqual({ ...lifted, personal: 'closed' });
    expect(decodeAccountEvent(event, () => 'erased', steps)).toMatchObject({ personal: 'erased' });
  });

  test('keeps its stored bytes: nothing is written anew', () => {
    const event = stored(['RoleGranted', 1], {}, { auditor: true });
    const before = JSON.stringify(event.data);
    decodeAccountEvent(event, open, steps);
    expect(JSON.stringify(event.data)).toBe(before);
  });

  test.each([0, 4, 1.5])('F20 version %d, which nobody knows, is poison', (v) => {
    const event = stored(['ProfileChanged', v], { name: 'Ann' });
    expect(() => decodeAccountEvent(event, open, steps)).toThrow(
      expect.objectContaining({ code: 'poison-event' }),
    );
  });
});
