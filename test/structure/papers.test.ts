import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const markdownIn = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const papers = ['.', 'docs', 'docs/decisions'].flatMap(markdownIn);
const decisions = papers.filter((paper) => paper.startsWith('docs/decisions/'));

describe('a paper', () => {
  test.each(papers)('links only to what is there: %s', (paper) => {
    const broken = [...read(paper).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !existsSync(join(ROOT, dirname(paper), target)));

    expect(broken).toEqual([]);
  });

  test.each(papers)('names only npm scripts that exist: %s', (paper) => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const named = [...read(paper).matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name ?? '');

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('a decision record', () => {
  test.each(decisions)('has every part: %s', (record) => {
    const text = read(record);
    const parts = ['Context', 'Decision', 'Consequences', 'How we would notice we were wrong'];

    expect(text).toMatch(/^# \d{4}: .+\n\nDate: \d{4}-\d{2}-\d{2} · Status: \w+/);
    expect(parts.filter((part) => !text.includes(`\n## ${part}\n`))).toEqual([]);
  });

  test('has a line for every dependency: 0001', () => {
    const own = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        devDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read('package.json')));
    const stack = read('docs/decisions/0001-stack.md');
    const words = new Set(stack.split(/[\s,|()]+/));
    const listed = (name: string) => words.has(name) || words.has(name.replace(/^@[^/]+\//, ''));

    const names = Object.keys({ ...own.dependencies, ...own.devDependencies });
    expect(names.filter((name) => !listed(name))).toEqual([]);
  });
});
