import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './web-client.ts';

/** Longer than any lease, and than a server takes to start: who still hears "try again" then is locked out. */
const forEverMs = 90_000;

/** Asks the same again while it is answered "try again", which must say when. Answers the first that says more. */
export async function insist(ask: () => Promise<Answer>): Promise<Answer> {
  const end = performance.now() + forEverMs;
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    if (!(Number(answer.headers['retry-after']) > 0)) throw new Error('a 503 says no time');
    if (performance.now() > end) throw new Error('told to try again for ever');
    await sleep(300);
  }
}
