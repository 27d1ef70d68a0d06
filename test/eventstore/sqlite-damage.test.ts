import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultCode } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { verifyLog } from '../../eventstore/verify-log.ts';
import { brokenLogInvariants } from '../support/invariants.ts';
import { endOf, lastOf, writeAfter } from '../support/log-events.ts';
import {
  flipped,
  hideFromIndex,
  idsIn,
  layOut,
  makeSampleLog,
  numbersBelow,
} from '../support/sample-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const walHeader = 32;
const frame = 24 + 4_096;
const flips = Number(process.env['BIT_FLIPS'] ?? 40);

/** Opens the files, checks that they hold one of the states, whole, and that the log goes on from there. */
async function stateFound(path: string, states: readonly (readonly string[])[]): Promise<number> {
  const store = await openSqliteEventStore({ path });
  const ids = await idsIn(store);
  const found = states.findIndex((state) => JSON.stringify(state) === JSON.stringify(ids));
  const end = endOf('stream-one', await lastOf(store, 'stream-one'));
  await store.append([writeAfter('stream-one', end, [{}])]);
  expect(await brokenLogInvariants(store, [])).toEqual([]);
  await store.close();
  return found;
}

describe('a log whose write-ahead log is damaged', () => {
  test('F3: cut anywhere in its last frames, it holds a prefix of the commits', async () => {
    const sample = await makeSampleLog({ inFile: 4, inWal: 6 });
    const directory = temporaryDirectory();
    const frames = (sample.wal.length - walHeader) / frame;
    const found: number[] = [];
    for (let back = Math.min(frames, 12); back > 0; back -= 1) {
      const start = walHeader + (frames - back) * frame;
      for (const into of [0, 1, 8, 24, 2_000, frame - 1]) {
        const wal = sample.wal.subarray(0, start + into);
        found.push(await stateFound(layOut({ ...sample, wal }, directory), sample.states));
      }
    }

    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(new Set(found).size).toBeGreaterThan(2);
    expect(await stateFound(layOut(sample, directory), sample.states)).toBe(6);
  });

  test('F4: with any bit turned over, it holds a prefix of the commits', async () => {
    const sample = await makeSampleLog({ inFile: 4, inWal: 6 });
    const directory = temporaryDirectory();
    const anyBit = numbersBelow(sample.wal.length * 8, 4);
    for (let turn = 0; turn < flips; turn += 1) {
      const wal = flipped(sample.wal, anyBit());
      expect(await stateFound(layOut({ ...sample, wal }, directory), sample.states)).not.toBe(-1);
    }
  });
});

describe('a log whose file is damaged', () => {
  const none = Buffer.alloc(0);

  /** 'refused' to start, 'named' by verify, 'whole', or what must not be: 'silent'. */
  async function verdict(path: string, ids: readonly string[]): Promise<string> {
    try {
      const store = await openSqliteEventStore({ path });
      const { broken } = await verifyLog(store);
      const same = JSON.stringify(await idsIn(store)) === JSON.stringify(ids);
      const lost = await brokenLogInvariants(store, []);
      await store.close();
      if (broken.length > 0) return 'named';
      return same && lost.length === 0 ? 'whole' : 'silent';
    } catch (error) {
      expect(String(error)).toMatch(/restore the newest backup/);
      return faultCode(error) === 'log-damaged' ? 'refused' : String(error);
    }
  }

  test('F4: with any bit turned over, it refuses to start, is named by verify, or lost nothing', async () => {
    const sample = await makeSampleLog({ inFile: 40, inWal: 0 });
    const directory = temporaryDirectory();
    const anyBit = numbersBelow(sample.db.length * 8, 4);
    const verdicts: string[] = [];
    for (let turn = 0; turn < flips; turn += 1) {
      const db = flipped(sample.db, anyBit());
      const path = layOut({ db, wal: none }, directory);
      verdicts.push(await verdict(path, sample.states[0] ?? []));
      rmSync(path);
    }

    expect(verdicts.filter((told) => !['refused', 'named', 'whole'].includes(told))).toEqual([]);
    expect(verdicts).toContain('refused');
  });

  test('F4: an index that hides events of a stream refuses to start', async () => {
    const sample = await makeSampleLog({ inFile: 4, inWal: 0 });
    const path = layOut({ ...sample, wal: none }, temporaryDirectory());
    hideFromIndex(path, 'stream-one');

    await expect(openSqliteEventStore({ path })).rejects.toMatchObject({
      code: 'log-damaged',
      message: expect.stringMatching(/index/) as string,
    });
  });

  test('F4: a header of somebody else, random bytes and a cut file refuse to start', async () => {
    const sample = await makeSampleLog({ inFile: 40, inWal: 0 });
    const directory = temporaryDirectory();
    const foreign = Buffer.from(sample.db);
    foreign.writeUInt32BE(7, 68);
    const unknownFormat = Buffer.from(sample.db);
    unknownFormat.writeUInt32BE(5, 44);
    const broken = [
      foreign,
      unknownFormat,
      Buffer.alloc(8_192, 'no database at all'),
      sample.db.subarray(0, sample.db.length / 2),
      sample.db.subarray(0, 100),
    ];

    for (const db of broken) {
      const path = layOut({ db, wal: none }, directory);
      await expect(openSqliteEventStore({ path })).rejects.toMatchObject({ code: 'log-damaged' });
    }
  });
});
