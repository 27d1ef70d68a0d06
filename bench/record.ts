import { readFileSync, writeFileSync } from 'node:fs';

/** Changes a file, if there is anything to change. */
export function rewrite(path: string, change: (page: string) => string): void {
  const page = readFileSync(path, 'utf8');
  const changed = change(page);
  if (changed !== page) writeFileSync(path, changed);
}

/** The page with this table between the marks of that name, and nothing else changed. */
export const withTable = (page: string, name: string, table: string): string =>
  withText(page, name, `\n\n${table}\n\n`);

/** The page with this text between `<!-- name -->` and `<!-- /name -->`. */
export function withText(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`the page has no place for ${name}`);
  return `${page.slice(0, before)}${begin}${text}${page.slice(after)}`;
}
