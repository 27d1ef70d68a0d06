import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { RunningApp } from '../support/running-app.ts';
import { ServerProcess, type ServerCommand } from '../support/server-process.ts';
import type { Answer } from '../support/web-client.ts';

/** A log's server that goes with the test. */
export async function serverOfTest(command: ServerCommand): Promise<ServerProcess> {
  const server = await ServerProcess.start(command);
  onTestFinished(() => server.remove());
  return server;
}

/** A directory that processes of one machine share, and that goes with the test. */
export function sharedDirectory(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-shared-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

const health = z.object({
  parts: z.object({ log: z.string(), vault: z.string(), lookups: z.string(), saving: z.string() }),
});

/** What `/readyz` says, with its status. */
export async function readiness({ origin }: Pick<RunningApp, 'origin'>) {
  const response = await fetch(`${origin}/readyz`);
  const { parts } = health.parse(await response.json());
  return { status: response.status, ...parts };
}

/** Waits until it is so. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { what, withinMs = 20_000 }: { readonly what: string; readonly withinMs?: number },
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await sleep(25);
  }
}

/** Whether everything works again: a process whose log is away is ready too, for its pages go on. */
export async function isWhole(app: Pick<RunningApp, 'origin'>): Promise<boolean> {
  const { status, log, saving } = await readiness(app);
  return status === 200 && log === 'ok' && saving === 'ok';
}

/** An answer, and how long it took in milliseconds. */
export async function timed(ask: () => Promise<Answer>) {
  const since = performance.now();
  const answer = await ask();
  return { answer, took: performance.now() - since };
}
