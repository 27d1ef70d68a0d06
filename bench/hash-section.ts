import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { newPerson, register, registered, signIn } from '../test/support/people.ts';
import { WebClient } from '../test/support/web-client.ts';
import type { Bench } from './bench.ts';
import { benchFolder } from './bench-process.ts';
import type { Figure, Section } from './figures.ts';
import { beside, type Pacer, type Work } from './measure.ts';
import { buildApp } from './page-servers.ts';
import { serve, servedBy, type Served } from './served.ts';

/** Of the rate of two workers that do nothing else. */
const aim = 0.95;
/** Of the event loop, in milliseconds, while all this lasts. */
const latenessAim = 10;
const people = 8;

/**
 * Sign-ins and registrations with real hashes, asked of the built app over HTTP as people do: a form is fetched and sent.
 * Beside two threads that only hash. Those who sign in do so in browsers that know their account, which have one place
 * for a hash more than strangers have.
 */
export async function measureHashes(bench: Bench): Promise<Section> {
  buildApp();
  bench.progress('people register');
  const folder = benchFolder();
  const server = await serve({
    script: 'app/server/start.js',
    environment: { DATA_DIR: join(folder, 'latchkey'), RATE_LIMITS: 'off', BCRYPT_COST: '12' },
    output: join(folder, 'printed.log'),
    page: '/login',
  });
  const workers = startWorkers();
  const works = {
    'sign-in form sent': await signIns(server),
    'register form sent': registers(server),
  };
  const load = { width: 4, count: bench.quick ? 16 : 48 };
  const runs = bench.quick ? 2 : bench.runs;
  const figures: Figure[] = [];
  for (const [work, form] of Object.entries(works)) {
    const line = { work, load: String(load.width), cost: 'one hash of cost 12' };
    const both = await bench.rows(`${work}, real hash`, async () => {
      const { pacer, late } = lateness(server, servedBy(server, form));
      const measured = await beside({ work: pacer, limit: workers.pacer, load, runs });
      const [limit, cost] = ['two workers that only hash', 'event loop late, 99 %'];
      return [
        { ...line, limit, measured, units: 1, aim },
        // The first run warms up.
        { ...line, cost, amounts: late.slice(1), unit: 'ms', aim: latenessAim },
      ];
    });
    figures.push(...both);
  }
  await Promise.all([server.stop(), workers.stop()]);
  return { name: 'hashes', versions: 'bcryptjs 3.0.3', figures };
}

function startWorkers(): { readonly pacer: Pacer; readonly stop: () => Promise<unknown> } {
  const workers = [1, 2].map(() => new Worker(new URL('./hash-worker.ts', import.meta.url)));
  const pacer: Pacer = async ({ count }) => {
    const each = Math.ceil(count / workers.length);
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    await Promise.all(
      workers.map((worker) => {
        worker.postMessage(each);
        return once(worker, 'message');
      }),
    );
    const { user, system } = process.cpuUsage(cpuBefore);
    const hashed = each * workers.length;
    return {
      rate: hashed / ((performance.now() - began) / 1_000),
      cpu: (user + system) / hashed,
    };
  };
  return { pacer, stop: () => Promise.all(workers.map((worker) => worker.terminate())) };
}

const clientOf = ({ address }: Served) =>
  new WebClient(`http://localhost:${new URL(address).port}`, address);

/** In browsers that know their account, each in turn; there are more of them than are under way at once. */
async function signIns(server: Served): Promise<Work> {
  const known = await Promise.all(
    Array.from({ length: people }, () => registered(clientOf(server))),
  );
  let turn = 0;
  return async () => {
    const one = known[(turn += 1) % people];
    if (!one) throw new Error('nobody is there');
    const { client, person } = one;
    client.jar.delete('sid');
    const { status } = await signIn(client, person);
    if (status !== 303) throw new Error(`a sign-in was answered ${status}`);
  };
}

const registers =
  (server: Served): Work =>
  async () => {
    const { status } = await register(clientOf(server), newPerson());
    if (status !== 303) throw new Error(`a registration was answered ${status}`);
  };

/** The same work, and how late the event loop of its server was meanwhile, 99 of 100 times no more than this; once a run. */
function lateness(
  server: Served,
  work: Pacer,
): { readonly pacer: Pacer; readonly late: readonly number[] } {
  const late: number[] = [];
  const pacer: Pacer = async (load) => {
    // Begins anew with every question.
    await server.lateness();
    const pace = await work(load);
    late.push(await server.lateness());
    return pace;
  };
  return { pacer, late };
}
