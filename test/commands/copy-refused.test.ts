import { describe, expect, test } from 'vitest';
import { copyLog } from '../../commands/copy-log.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import {
  but,
  contentsOf,
  copyKinds,
  emptyPlace,
  filePlace,
  logOpened,
  writeWholeLog,
} from '../support/copy-logs.ts';
import { StreamAuthor } from '../support/log-events.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A short log: opened, and an event for each word. */
async function shortLog(store: EventStore, words: readonly string[], logId = 'log-1') {
  const opened = new StreamAuthor('installation');
  const audit = new StreamAuthor('audit-ann');
  await store.append([opened.next({ ...logOpened(logId), id: idOf(logId) })]);
  for (const word of words) {
    await store.append([audit.next({ id: idOf(word), type: 'AccountViewed', data: { word } })]);
  }
}

/** The same id for the same word: two logs of one history. */
const idOf = (word: string) =>
  `00000000-0000-4000-8000-${Buffer.from(word).toString('hex').padEnd(12, '0').slice(0, 12)}`;

const embedded = async () => (await emptyPlace('the embedded log')).open();
const refused = (message: RegExp) => ({
  code: 'copy-refused',
  message: expect.stringMatching(message) as string,
});

describe.each(copyKinds)('a target on %s', (kind) => {
  const target = async () => (await emptyPlace(kind)).open();

  test('is refused when it holds the log of another installation, and is left as it was', async () => {
    const [from, to] = [await embedded(), await target()];
    await shortLog(from, ['a']);
    await shortLog(to, [], 'log-2');
    const before = await contentsOf(to);

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(
      refused(/another installation/),
    );
    expect(await contentsOf(to)).toEqual(before);
  });

  test('is refused when it holds anything else', async () => {
    const [from, to] = [await embedded(), await target()];
    await shortLog(from, ['a']);
    await to.append([new StreamAuthor('audit-ann').next({ type: 'AccountViewed' })]);

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(refused(/not empty/));
    expect(await contentsOf(to)).toHaveLength(1);
  });

  test('is refused when the app went on there: it holds more than the source', async () => {
    const [from, to] = [await embedded(), await target()];
    await shortLog(from, ['a']);
    await shortLog(to, ['a', 'b']);

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(
      refused(/holds more than the source/),
    );
  });

  test('is refused when the source changed since a copy was interrupted', async () => {
    const [from, to] = [await embedded(), await target()];
    await shortLog(from, ['a', 'other', 'c', 'd']);
    await shortLog(to, ['a', 'b', 'c']);

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(
      refused(/differs from the source after 2 events/),
    );
    expect(await contentsOf(to)).toHaveLength(4);
  });

  test('goes on from where an interrupted copy ended, also when the source grew since', async () => {
    const [from, to] = [await embedded(), await target()];
    await shortLog(from, ['a', 'b', 'c', 'd']);
    await shortLog(to, ['a', 'b']);

    expect(await copyLog({ source: from, target: to })).toMatchObject({ events: 5, already: 3 });
    expect(await contentsOf(to)).toEqual(await contentsOf(from));
  });
});

describe('a source', () => {
  test('that holds nothing is refused', async () => {
    const [from, to] = [await embedded(), await embedded()];

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(
      refused(/no log of this program/),
    );
  });

  test('that another program opened is refused', async () => {
    const [from, to] = [await embedded(), await embedded()];
    await from.append([new StreamAuthor('installation').next({ type: 'Installed' })]);

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject(
      refused(/not of this program/),
    );
  });

  test('that grows while it is copied is told, and the next copy goes on from there', async () => {
    const [from, to] = [await embedded(), await embedded()];
    await writeWholeLog(from);
    const late = new StreamAuthor('audit-late');
    let writes = 0;
    const grow = () => from.append([late.next({ type: 'AccountViewed' })]);
    const whileCopied = but(to, {
      append: async (batch) => {
        writes += 1;
        if (writes === 2) await grow();
        return to.append(batch);
      },
    });

    await expect(copyLog({ source: from, target: whileCopied })).rejects.toMatchObject({
      code: 'source-moved',
    });
    let readings = 0;
    const whileCompared = but(to, {
      async *subscribe(options) {
        readings += 1;
        if (readings === 2) await grow();
        yield* to.subscribe(options);
      },
    });
    await expect(copyLog({ source: from, target: whileCompared })).rejects.toMatchObject({
      code: 'source-moved',
    });
    const { already, events } = await copyLog({ source: from, target: to });
    expect(already).toBeGreaterThan(events / 2);
    expect(await contentsOf(to)).toEqual(await contentsOf(from));
  });

  test('whose bytes were changed is not copied past the change (F4)', async () => {
    const path = `${temporaryDirectory()}/log.db`;
    const place = filePlace(path);
    const written = await place.open();
    await shortLog(written, ['a', 'b', 'c']);
    await written.close();
    const db = new SqliteDb(path);
    db.run(`UPDATE events SET data = '{"word":"x"}' WHERE data = '{"word":"b"}'`);
    db.close();
    const from = await openSqliteEventStore({ path, prefix: '', inspect: true });
    const to = await embedded();

    await expect(copyLog({ source: from, target: to })).rejects.toMatchObject({
      code: 'log-damaged',
      message: expect.stringMatching(/audit-ann .* revision 1/) as string,
    });
    expect((await contentsOf(to)).length).toBeLessThanOrEqual(2);
    await from.close();
  });
});
