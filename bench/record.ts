import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a section's table into a page, between its two marks. */
export function record(path: string, name: string, table: string): void {
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), name, table));
}

/** The page with this table between the marks of that name, and nothing else changed. */
export function withTable(page: string, name: string, table: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, before)}${begin}\n\n${table}\n\n${page.slice(after)}`;
}
