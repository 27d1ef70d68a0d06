import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { registered } from '../test/support/people.ts';
import { freshSecrets } from '../test/support/run-latchkey.ts';
import { WebClient } from '../test/support/web-client.ts';
import { serve, type Served } from './served.ts';

const root = join(import.meta.dirname, '..');

/** A server, and the cookies of the people who are signed in at it. */
export interface PageServer extends Served {
  readonly cookies: readonly string[];
}

const built = new Set<string>();

/** Builds the application, as its `build` script does; once in a run, whatever section asks first. */
export function buildApp(...words: readonly string[]): void {
  if (built.has(words.join(' '))) return;
  const remix = join(root, 'node_modules/.bin/remix');
  execFileSync(remix, ['vite:build', ...words], { cwd: root, stdio: 'ignore' });
  built.add(words.join(' '));
}

/** Builds the application and the bare pages. */
export function buildPages(): void {
  buildApp();
  buildApp('bench/bare-remix', '--config', 'bench/bare-remix/vite.config.ts');
}

/** Pages of the same markup that ask nobody anything. */
export async function bareServer(folder: string): Promise<PageServer> {
  const script = 'bench/bare-remix/start.js';
  const served = await serve({ script, output: join(folder, 'bare.log'), page: '/settings' });
  return { ...served, cookies: [''] };
}

/** The same pages for people of Better Auth. */
export async function betterAuthServer(folder: string, people: number): Promise<PageServer> {
  const served = await serve({
    script: 'bench/peers/better-auth-page.js',
    words: [folder, String(people)],
    output: join(folder, 'better-auth.log'),
    page: '/',
  });
  const cookies = readFileSync(join(folder, 'cookies.txt'), 'utf8').split('\n');
  return { ...served, cookies };
}

/** The same at every start of one installation. */
async function secretsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(await freshSecrets()));
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The built application as it stands behind a proxy on a public address, limits on; its log goes to a file. */
export async function latchkeyServer(folder: string, people: number): Promise<PageServer> {
  const origin = 'https://accounts.example';
  const served = await serve({
    script: 'app/server/start.js',
    output: join(folder, 'latchkey.log'),
    page: '/login',
    environment: {
      ...(await secretsIn(folder)),
      ORIGIN: origin,
      DATA_DIR: join(folder, 'latchkey'),
      BCRYPT_COST: '10',
    },
  });
  const cookies: string[] = [];
  for (let person = 0; person < people; person += 1) {
    const { client } = await registered(new WebClient(origin, served.address), {
      username: `person-of-the-bench${person}`,
      name: 'Person Of The Bench',
    });
    await client.get('/settings'); // it says once that the account is open
    cookies.push(client.cookie);
  }
  return { ...served, cookies };
}
