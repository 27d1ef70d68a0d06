import type { Deps } from './deps.ts';
import { TryAgain } from './faults.ts';

/** With the hash before it and the page after it, an answer comes within 3 s (F24). */
const ANSWER_WITHIN_MS = 2_000;

/** The caller gets its answer in time, or TryAgain; the work itself goes on until it is settled. */
export async function answerInTime<T>(
  { report }: Pick<Deps, 'report'>,
  settled: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      settled.catch((error: unknown) => report({ what: 'settling-attempt', error }));
      reject(new TryAgain('no outcome is certain yet'));
    }, ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
