import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { limitBudgets } from '../../vault/limit-budgets.ts';
import { openTestVault, temporaryDirectory } from './open-test-vault.ts';

const report = z.object({
  vaultId: z.string(),
  prehashKeyId: z.string(),
  done: z.array(
    z.object({ keyId: z.string(), token: z.string(), allowed: z.boolean(), erased: z.boolean() }),
  ),
});

/** Runs one process to its end; answers what it reports, or fails with what it said. */
function runProcess(path: string, name: string, count: number) {
  const file = fileURLToPath(new URL('./vault-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, path, name, String(count)]);
  let [out, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise<z.infer<typeof report>>((resolve, reject) => {
    child.on('close', () =>
      said === '' ? resolve(report.parse(JSON.parse(out))) : reject(new Error(said)),
    );
  });
}

describe('two processes on one vault (F9)', () => {
  test('make it together, agree on its keys, lose nothing of each other and share the limits', async () => {
    const path = join(temporaryDirectory(), 'vault.db');

    const reports = await Promise.all([runProcess(path, 'one', 60), runProcess(path, 'two', 60)]);

    const [one, two] = reports;
    expect(one.vaultId).toBe(two.vaultId);
    expect(one.prehashKeyId).toBe(two.prehashKeyId);

    const all = reports.flatMap(({ done }) => done);
    const { vault } = await openTestVault({ path });
    expect(await vault.keys.finishErasures()).toBe(0);
    for (const { keyId, token, erased } of all) {
      const key = await vault.keys.get(keyId);
      expect(key === 'erased').toBe(erased);
      expect((await vault.sessions.find(token, new Date())) === undefined).toBe(erased);
    }
    const allowed = all.filter((entry) => entry.allowed);
    expect(allowed).toHaveLength(limitBudgets['register-address'].points);
  });
});
