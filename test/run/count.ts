import { z } from 'zod';

/** What a suite came to. A test set aside counts as failed: it proves nothing. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** One check, one count: an exit code. */
export const countExit = (exitCode: number): Count =>
  exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** Vitest's JSON report; a file that could not even be loaded is one failure. */
export function countVitest(report: unknown, exitCode: number): Count {
  const parsed = vitestReport.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };

  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    parsed.data;
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = numFailedTests + numPendingTests + numTodoTests + unloaded.length;
  return believeExit({ passed: numPassedTests, failed }, exitCode);
}

/** Playwright's JSON report; a test that passed only when tried again did not pass. */
export function countPlaywright(report: unknown, exitCode: number): Count {
  const parsed = playwrightReport.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };

  const { stats, errors } = parsed.data;
  const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
  return believeExit({ passed: stats.expected, failed }, exitCode);
}

/** No test at all, or a runner that ended badly after green tests, is a failure too. */
function believeExit(count: Count, exitCode: number): Count {
  const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return silent ? { ...count, failed: 1 } : count;
}

/** The closing line that people and machines read. */
export const closingLine = ({ passed, failed }: Count): string =>
  `${passed} passed, ${failed} failed`;

/** All suites together; none at all is a failure. */
export function sum(counts: readonly Count[]): Count {
  const total = counts.reduce(
    (left, right) => ({ passed: left.passed + right.passed, failed: left.failed + right.failed }),
    { passed: 0, failed: 0 },
  );
  return believeExit(total, 0);
}
