import { join } from 'node:path';
import { openSqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { newestPosition } from '../eventstore/sqlite-events-table.ts';
import { rebuildLookups } from '../projections/rebuild.ts';
import { rebuildBare } from './bare-rebuild.ts';
import type { RebuildTold } from './rebuilt.ts';

// Rebuilds the lookups of a folder once, in a process that does nothing else, and tells how fast and what it took.
const [folder = '.', how] = process.argv.slice(2);
const path = join(folder, 'log.db');

async function rebuild(): Promise<number> {
  const store = await openSqliteEventStore({ path });
  await rebuildLookups({ store, writer: store.writer, headInside: newestPosition });
  const head = await store.head();
  await store.close();
  return Number(head);
}

// What the operating system notes of a process begins with what its parent took.
let peak = 0;
const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
const looking = setInterval(look, 10);
const began = performance.now();
const cpuBefore = process.cpuUsage();
const events = await (how === 'bare' ? rebuildBare(path) : rebuild());
const { user, system } = process.cpuUsage(cpuBefore);
const seconds = (performance.now() - began) / 1_000;
clearInterval(looking);
const told: RebuildTold = {
  pace: { rate: events / seconds, cpu: (user + system) / events },
  events,
  peak: look(),
};
process.send?.(told);
