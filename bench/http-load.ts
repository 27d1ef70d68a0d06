import { Pool } from 'undici';
import type { Load, Pace } from './measure.ts';
import { paceOf } from './measure.ts';
import type { Served } from './served.ts';

/** How fast a server answered, and how long those waited who asked. */
export interface HttpPace extends Pace {
  /** In milliseconds, of the same requests. */
  readonly p50: number;
  readonly p99: number;
}

/** As browsers ask for a page. */
const asked = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate',
  'accept-language': 'en-GB,en;q=0.7',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};

/**
 * Asks for a page over kept connections, each person in turn, by their cookies. The processor time is the server's
 * alone.
 */
export function httpPacer(
  { address, cost }: Pick<Served, 'address' | 'cost'>,
  page: string,
  cookies: readonly string[],
): (load: Load) => Promise<HttpPace> {
  const pool = new Pool(address, { pipelining: 1 });
  let turn = 0;
  return async (load) => {
    const took: number[] = [];
    const before = await cost();
    const { rate } = await paceOf(async () => {
      const cookie = cookies[(turn += 1) % cookies.length] ?? '';
      const began = performance.now();
      const { statusCode, body } = await pool.request({
        path: page,
        method: 'GET',
        headers: { ...asked, cookie },
      });
      await body.arrayBuffer();
      took.push(performance.now() - began);
      if (statusCode !== 200) throw new Error(`${page} answered ${statusCode}`);
    }, load);
    const after = await cost();
    took.sort((one, other) => one - other);
    const at = (share: number) => took[Math.ceil(took.length * share) - 1] ?? Number.NaN;
    return { rate, cpu: (after.cpu - before.cpu) / load.count, p50: at(0.5), p99: at(0.99) };
  };
}
