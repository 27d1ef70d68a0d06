import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { median, minimum, type Run } from './measure.ts';

/** One line of a section: a work, what it is held against, and what came out. */
export interface Figure {
  readonly work: string;
  readonly load: string;
  /** What the log is asked for one, or what is committed. */
  readonly cost: string;
  readonly limit: string;
  readonly measured: readonly Run[];
  /** How often the limit's unit goes into one of the work. */
  readonly units: number;
  readonly aim: number | undefined;
  /** A share of a limit, or times a peer; by default a share. */
  readonly shown?: 'share' | 'times';
}

export interface Section {
  readonly name: string;
  /** What was measured on, beside the machine. */
  readonly versions: string;
  readonly figures: readonly Figure[];
}

const rounded = (rate: number) => Math.round(rate).toLocaleString('en-US');
const percent = (share: number) => `${Math.round(share * 100)} %`;
const times = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 1 : 0)} ×`;
const both = (values: readonly number[], show: (value: number) => string) =>
  `${show(minimum(values))} / ${show(median(values))}`;

/** As Markdown; every pair of numbers is minimum / median over the runs. */
export function asMarkdown({ versions, figures }: Section, runs: number): string {
  const rows = figures.map(cellsOf);
  const head = [
    'work',
    'at once',
    'asks for',
    'a second',
    'beside, a second',
    'of it',
    'by processor time',
    'aim',
  ];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const today = new Date().toISOString().slice(0, 10);
  return [`${today}, ${runs} runs. ${machine()}, ${versions}.`, '', ...lines].join('\n');
}

function cellsOf({ work, load, cost, limit, measured, units, aim, shown }: Figure): string[] {
  const ratio = shown === 'times' ? times : percent;
  const limits = both(
    measured.map((run) => run.limit.rate),
    rounded,
  );
  return [
    work,
    load,
    cost,
    both(
      measured.map((run) => run.work.rate),
      rounded,
    ),
    `${limit}: ${limits}`,
    both(
      measured.map((run) => (run.work.rate * units) / run.limit.rate),
      ratio,
    ),
    both(
      measured.map((run) => (run.limit.cpu * units) / run.work.cpu),
      ratio,
    ),
    aim === undefined ? '' : `≥ ${ratio(aim)}`,
  ];
}

function machine(): string {
  const [first, ...others] = cpus();
  const model = first?.model.trim() ?? 'unknown processor';
  return `${others.length + 1} cores (${model}), ${type()} ${release()}, Node ${process.versions.node}`;
}

/** Puts a section's table into bench/README.md, between its two marks. */
export function record(name: string, table: string): void {
  const path = join(import.meta.dirname, 'README.md');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const page = readFileSync(path, 'utf8');
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`bench/README.md has no place for ${name}`);
  const changed = `${page.slice(0, before)}${begin}\n\n${table}\n\n${page.slice(after)}`;
  writeFileSync(path, changed);
}
