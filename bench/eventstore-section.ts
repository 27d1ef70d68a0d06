import type { Bench } from './bench.ts';
import { startBenchProcess } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { beside, here, type Load, type Work } from './measure.ts';
import { openRawEventStore } from './raw-eventstore.ts';

import { preparePersonVerbs } from './person-verbs.ts';
import { callsOf, prepareVerbs } from './verbs.ts';

/** Of the raw rate divided by the appends that a command makes, many at once. */
const aimAtOnce = 0.6;

/** Verbs on an EventStoreDB server beside what its client can do with nothing around it. */
export async function measureEventStore(bench: Bench): Promise<Section> {
  const url = process.env['EVENTSTORE_URL'];
  if (!url) throw new Error('EVENTSTORE_URL names no server; see bench/README.md');
  const raw = await openRawEventStore(url);
  const latchkey = await startBenchProcess(url);
  const { members, register, signIn } = await prepareVerbs(latchkey, bench.people);
  const { link } = await preparePersonVerbs(latchkey, members);
  const verbs = { register, link, signIn };
  const figures: Figure[] = [];
  const contest = async (name: keyof typeof verbs, load: Load) => {
    const work: Work = verbs[name];
    const order = await callsOf(latchkey, work);
    const appends = order.replaceAll('r', '').length;
    const limit = appends > 0 ? raw.append : raw.read;
    figures.push(
      await bench.row(`${name}, ${load.width} at once`, async () => ({
        work: name,
        load: String(load.width),
        cost: inWords(order),
        limit: appends > 0 ? 'raw appends' : 'raw reads',
        measured: await beside({ work: here(work), limit: here(limit), load, runs: bench.runs }),
        units: Math.max(1, appends),
        aim: name === 'register' && load.width > 1 ? aimAtOnce : undefined,
      })),
    );
  };
  for (const load of [bench.serial, bench.atOnce]) {
    await contest('register', load);
    await contest('link', load);
    await contest('signIn', load);
  }
  const versions = `EventStoreDB ${await raw.version()}`;
  await latchkey.close();
  await raw.close();
  return { name: 'eventstore', versions, figures };
}

const inWords = (order: string): string =>
  [...order].map((call) => (call === 'a' ? 'append' : 'read')).join(', ');
