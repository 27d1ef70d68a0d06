import { readFileSync, rmSync } from 'node:fs';
import { countExit, countPlaywright, countVitest, type Count } from './count.ts';
import { installBrowser } from './install-browser.ts';
import { runCommand } from './run-command.ts';

export interface Suite {
  readonly name: string;
  /** Runs to the end, printing as it goes; never throws for a red test. */
  readonly run: () => Promise<Count>;
}

const MINUTES = 60_000;
const REPORTS = 'test-results';

export const buildSuite: Suite = check('build', 'npm run --silent build');

/** In the order that finds the cheapest mistake first. What each does stands in package.json. */
export const suites: readonly Suite[] = [
  check('format', 'npm run --silent format:check'),
  check('lint', 'npm run --silent lint'),
  check('types', 'npm run --silent types'),
  vitestSuite('unit', 'test:unit'),
  buildSuite,
  vitestSuite('journeys', 'test:journeys'),
  { name: 'browser', run: browser },
];

/**
 * Only where the install itself is on trial (.ci/run): its log is quiet, the lock file fits. What npm says
 * about settings of the machine it runs on is not ours.
 */
export const installSuite = (logFile: string): Suite => ({
  name: 'install',
  run: async () => {
    const noise = readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => /\b(warn|error|deprecated|gyp)\b/i.test(line))
      .filter((line) => !/Unknown (user|global|env) config/.test(line));
    noise.forEach((line) => console.error(`The install was not quiet: ${line}`));
    const dryRun = await runCommand('npm ci --dry-run --silent', 5 * MINUTES);
    return countExit(noise.length > 0 ? 1 : dryRun);
  },
});

function check(name: string, command: string): Suite {
  return { name, run: async () => countExit(await runCommand(command, 10 * MINUTES)) };
}

/** A script that runs Vitest, on some files or on all that are its own. */
export function vitestSuite(name: string, script: string, files: readonly string[] = []): Suite {
  const reporters = `--reporter=default --reporter=json --outputFile.json=${reportFile(name)}`;
  return {
    name,
    run: async () => {
      rmSync(reportFile(name), { force: true });
      const command = `npm run --silent ${script} -- ${reporters} ${files.join(' ')}`;
      // A real server takes its time to start, and is started for many tests.
      const exitCode = await runCommand(command, (files.length > 0 ? 60 : 20) * MINUTES);
      return countVitest(reportOf(name), exitCode);
    },
  };
}

async function browser(): Promise<Count> {
  if (!(await installBrowser())) return countExit(1);

  const file = `${REPORTS}/e2e.json`;
  rmSync(file, { force: true });
  const exitCode = await runCommand(
    'npm run --silent test:e2e -- --reporter=list,json',
    30 * MINUTES,
    { PLAYWRIGHT_JSON_OUTPUT_FILE: `${process.cwd()}/${file}` },
  );
  return countPlaywright(read(file), exitCode);
}

function reportFile(name: string): string {
  return `${REPORTS}/${name}.json`;
}

/** What the suite of this name wrote last. A runner that died before it wrote its report leaves none: that is counted, not thrown. */
export const reportOf = (name: string): unknown => read(reportFile(name));

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
