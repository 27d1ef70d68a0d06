import { machine } from '../table.ts';
import { p99 } from './bounds.ts';
import type { Kept } from './promises.ts';
import type { Rush } from './rush.ts';
import type { LoadFound } from './run-load.ts';
import type { Storm } from './storm.ts';
import { REQUESTS_OF_A_VISIT } from './visit.ts';

const head = [
  'hashes',
  'people a second',
  'came, done',
  'refused',
  'p99 of pages and forms',
  'p99 with a hash',
  'p99 of a refusal',
  'memory before / peak / after',
  'well again',
];

/** As Markdown: one line for the highest rate of each way to hash, and one for each storm. */
export function loadTable(found: readonly LoadFound[]): string {
  const rows = [head, head.map(() => '---'), ...found.flatMap(rowsOf)];
  const date = new Date().toISOString().slice(0, 10);
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [`${date}. ${machine()}.`, '', ...lines].join('\n');
}

function rowsOf({ hashes, highest, best, storms }: LoadFound): string[][] {
  const name = hashes === 'real' ? 'real, cost 12' : 'left out';
  const requests = Math.round(highest * REQUESTS_OF_A_VISIT);
  const first = best && [name, `**${highest}** (${requests} requests)`, ...seenOf(best), '', ''];
  return [...(first ? [first] : []), ...storms.map((storm) => [name, ...stormCells(storm)])];
}

const stormCells = ({ times, rush, memory, wellAfter, base }: Storm): string[] => [
  `${times} ×: ${rush.arrival.rate}`,
  ...seenOf(rush),
  [memory.before, memory.peak, memory.after].map(megabytes).join(' / '),
  `after ${wellAfter} s at ${base}`,
];

function seenOf({ came, guests, tally }: Rush): string[] {
  const done = guests.filter((guest) => guest.done).length;
  return [
    `${came}, ${done}`,
    String(tally.refusedAfter.length),
    milliseconds(tally.took('other')),
    milliseconds(tally.took('hashing')),
    milliseconds(tally.refusedAfter),
  ];
}

const milliseconds = (values: readonly number[]): string =>
  values.length === 0 ? '' : `${Math.round(p99(values))} ms`;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** One line a promise, for the terminal. */
export const promiseLine = ({ promise, kept, told }: Kept): string =>
  `${kept ? 'kept  ' : 'BROKEN'}  ${promise}: ${told}`;
