import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from '../page-servers.ts';
import { rewrite, withTable } from '../record.ts';
import { loadTable, promiseLine } from './load-table.ts';
import { promisesOf } from './promises.ts';
import { runLoad, type LoadFound } from './run-load.ts';
import type { Hashes } from './site.ts';

const { values } = parseArgs({
  options: {
    /** About a minute for each way to hash: a tendency. */
    quick: { type: 'boolean', default: false },
    /** `real` or `none` alone; otherwise one after the other. */
    hashes: { type: 'string' },
    /** Most people under way at once. */
    most: { type: 'string', default: '1000' },
    /** Writes the figures into bench/README.md too. */
    record: { type: 'boolean', default: false },
  },
});
const all: readonly Hashes[] = ['real', 'none'];
const asked = all.filter((one) => values.hashes === undefined || values.hashes === one);
if (asked.length === 0) throw new Error('--hashes is real or none');
const began = performance.now();
const say = (line: string) =>
  process.stderr.write(
    `${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${line}\n`,
  );

process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
buildApp();
const found: LoadFound[] = [];
let broken = false;
for (const hashes of asked) {
  say(hashes === 'real' ? 'hashes as everywhere' : 'hashes left out');
  const plan = values.quick
    ? { seconds: 4, rates: 6, halvings: 2 }
    : { seconds: 10, rates: 12, halvings: 4 };
  const one = await runLoad({ hashes, ...plan, most: Number(values.most), say });
  found.push(one);
  for (const kept of promisesOf(one)) {
    console.log(promiseLine(kept));
    broken ||= !kept.kept;
  }
}
const table = loadTable(found);
console.log(`\n${table}`);
const page = join(import.meta.dirname, '../README.md');
if (values.record) rewrite(page, (text) => withTable(text, 'load', table));
process.exit(broken ? 1 : 0);
