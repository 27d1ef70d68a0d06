import { z } from 'zod';
import type { Count } from './count.ts';

const report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Tests that ran on a real server say so in their names; the others ran on the peer, or on the embedded log beside it. */
const onReal = /\breal server\b/;

export interface Places {
  readonly real: Count;
  readonly others: Count;
}

/** Where the tests of a Vitest report ran. A report that is none counts nothing. */
export function countPlaces(given: unknown): Places {
  const parsed = report.safeParse(given);
  const tests = parsed.success
    ? parsed.data.testResults.flatMap((file) => file.assertionResults)
    : [];
  const count = (among: typeof tests): Count => {
    const passed = among.filter(({ status }) => status === 'passed').length;
    return { passed, failed: among.length - passed };
  };
  return {
    real: count(tests.filter(({ fullName }) => onReal.test(fullName))),
    others: count(tests.filter(({ fullName }) => !onReal.test(fullName))),
  };
}
