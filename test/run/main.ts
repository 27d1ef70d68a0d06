/**
 * `npm test`: everything a stranger needs to trust the tree, one suite after the other, and one line at
 * the end. Names of suites run only those; `--install-log=FILE` puts the install on trial as well.
 */
import { parseArgs } from 'node:util';
import { closingLine, sum, type Count } from './count.ts';
import { installSuite, suites, type Suite } from './suites.ts';

const root = `${import.meta.dirname}/../..`;
process.chdir(root);

const { values, positionals } = parseArgs({
  options: { 'install-log': { type: 'string' } },
  allowPositionals: true,
});

const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite of this name: ${unknown.join(', ')}.`);
  process.exit(2);
}

const log = values['install-log'];
const chosen = suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const results = await runAll(log === undefined ? chosen : [installSuite(log), ...chosen]);

const total = sum(results.map(({ count }) => count));
console.log(`\n${results.map(line).join('\n')}\n\n${closingLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

interface SuiteResult {
  readonly name: string;
  readonly count: Count;
  readonly seconds: number;
}

async function runAll(all: readonly Suite[]): Promise<SuiteResult[]> {
  const done: SuiteResult[] = [];
  for (const { name, run } of all) {
    console.log(`\n── ${name}`);
    const started = performance.now();
    const count = await run();
    done.push({ name, count, seconds: (performance.now() - started) / 1000 });
  }
  return done;
}

function line({ name, count, seconds }: SuiteResult): string {
  return `${name.padEnd(8)} ${closingLine(count).padEnd(24)} ${seconds.toFixed(1)} s`;
}
