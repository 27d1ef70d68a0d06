import { Pool } from 'undici';
import type { Pacer } from './measure.ts';
import { servedBy, type Served } from './served.ts';

/** A page that is asked for again and again. */
export interface AskedPage {
  /** The processor time is the server's alone. */
  readonly pacer: Pacer;
  /** How long those waited who asked, in milliseconds, in the order of asking. */
  readonly waits: readonly number[];
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

/** Asks for a page over kept connections, each person in turn, by their cookies. Throws where one is not shown it. */
export function askedPage(
  { address, cost }: Pick<Served, 'address' | 'cost'>,
  page: string,
  cookies: readonly string[],
): AskedPage {
  const pool = new Pool(address, { pipelining: 1 });
  const waits: number[] = [];
  let turn = 0;
  const ask = async () => {
    const cookie = cookies[(turn += 1) % cookies.length] ?? '';
    const began = performance.now();
    const { statusCode, body } = await pool.request({
      path: page,
      method: 'GET',
      headers: { ...asked, cookie },
    });
    await body.arrayBuffer();
    waits.push(performance.now() - began);
    if (statusCode !== 200) throw new Error(`${page} answered ${statusCode}`);
  };
  return { pacer: servedBy({ cost }, ask), waits };
}
