import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { askedSections } from './asked-sections.ts';
import { codeVersion } from './code-version.ts';
import type { Section } from './figures.ts';
import { withHeadlines } from './headlines.ts';
import { progressOn } from './progress.ts';
import { rewrite, withTable } from './record.ts';
import { runSections } from './run-sections.ts';
import { sections } from './sections.ts';
import { asMarkdown, machine } from './table.ts';
import { UnfinishedRun } from './unfinished-run.ts';

const { values } = parseArgs({
  options: {
    /** These sections alone, by name, with commas between. */
    only: { type: 'string' },
    /** The section that needs a server alone. */
    eventstore: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Forgets what a stopped run had measured. */
    fresh: { type: 'boolean', default: false },
    /** Writes the figures into bench/README.md too. */
    record: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const only = values.eventstore ? 'eventstore' : values.only;
const progress = progressOn(process.stderr);

// What is measured stays, what stands on disk for the bench alone goes.
const stop = () => {
  progress.end();
  process.exit(130);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);

await runSections({
  sections: askedSections(sections, only),
  quick: values.quick,
  unfinished: values.quick ? undefined : unfinishedRun(),
  progress,
  show: (finished, bench) => {
    const table = asMarkdown(finished, bench);
    console.log(`\n${finished.section.name}: ${table}`);
    if (values.record) record(finished.section, table);
  },
});

function record(section: Section, table: string): void {
  rewrite(join(root, 'bench/README.md'), (page) => withTable(page, section.name, table));
  // What everybody reads is quoted from full runs alone.
  if (!values.quick) rewrite(join(root, 'README.md'), (page) => withHeadlines(page, section));
}

/** Each choice of sections has a file of its own, so that none of them spoils another's. */
function unfinishedRun(): UnfinishedRun {
  const path = join(root, '.cache/bench', `${only?.replaceAll(',', '-') ?? 'full'}.json`);
  if (values.fresh) rmSync(path, { force: true });
  const run = new UnfinishedRun(path, `${codeVersion(root)} on ${machine()}`);
  if (run.dropped) console.error(`${run.dropped}: its figures are dropped`);
  if (run.size > 0) console.error(`goes on after ${run.size} measurements; --fresh begins anew`);
  return run;
}
