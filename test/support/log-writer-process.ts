import { writeSync } from 'node:fs';
import { faultCode, type StreamWrite } from '../../eventstore/event-store.ts';
import { openSqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { endOf, lastOf, writeAfter } from './log-events.ts';

// A process that appends to a log and tells its parent on standard output, one JSON line each, what was acknowledged.
// Arguments: file, name of the writer, how many appends (0: until killed), how many at a time.

const [path = '', name = '', count = '0', parallel = '1'] = process.argv.slice(2);
const store = await openSqliteEventStore({ path });
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);

/** A shared stream that all writers want, one of its own, or both in one append. */
async function compose(turn: number): Promise<StreamWrite[]> {
  const streams = [[`shared-${turn % 5}`], [`own-${name}-${turn % 7}`]];
  const wanted = turn % 3 === 2 ? streams.flat() : (streams[turn % 3] ?? []);
  return Promise.all(
    wanted.map(async (stream) =>
      writeAfter(stream, endOf(stream, await lastOf(store, stream)), [{}, { data: { turn } }]),
    ),
  );
}

/** Until it is written: a conflict composes anew, an unknown outcome is settled by the same append, if it can be. */
async function append(turn: number): Promise<void> {
  let writes = await compose(turn);
  const since = performance.now();
  for (let unknown = 0; ;) {
    try {
      await store.append(writes);
      tell({ acknowledged: writes, ms: performance.now() - since });
      return;
    } catch (error) {
      const code = faultCode(error);
      if (code === 'conflict') writes = await compose(turn);
      if (code === 'outcome-unknown') unknown += 1;
      if (code === 'unavailable' || unknown > 10) throw error;
    }
  }
}

let turn = 0;
const goOn = () => count === '0' || turn < Number(count);
const line = async () => {
  while (goOn()) await append(turn++);
};

tell({ ready: true });
try {
  await Promise.all(Array.from({ length: Number(parallel) }, line));
} catch (error) {
  tell({ ended: faultCode(error) ?? String(error) });
}
await store.close();
