import { readFileSync } from 'node:fs';

/** A table row of a page, with the heading it stands under. */
export interface TableRow {
  readonly heading: string;
  readonly cells: readonly string[];
}

const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** Every heading of a page, and every body row of its tables. A page whose table is broken gives fewer rows. */
export function readPage(path: string): { headings: readonly string[]; rows: readonly TableRow[] } {
  const headings: string[] = [];
  const rows: TableRow[] = [];
  let inBody = false;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) headings.push(heading);
    const isRow = line.startsWith('|') && line.endsWith('|');
    const isRule = isRow && /^[|\s:-]+$/.test(line);
    if (isRow && inBody && !isRule)
      rows.push({ heading: headings.at(-1) ?? '', cells: cellsOf(line) });
    inBody = isRule || (inBody && isRow);
  }
  return { headings, rows };
}
