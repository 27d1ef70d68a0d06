import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { limitBudgets } from '../../vault/limit-budgets.ts';
import { openTestVault, temporaryDirectory } from './open-test-vault.ts';
import { runTogether } from './run-together.ts';

const report = z.object({
  vaultId: z.string(),
  prehashKeyId: z.string(),
  done: z.array(
    z.object({ keyId: z.string(), token: z.string(), allowed: z.boolean(), erased: z.boolean() }),
  ),
});

/** Runs processes that open the vault at the same moment; answers what they report. */
async function register(path: string, names: readonly string[], count: number) {
  const lists = names.map((name) => [path, name, String(count)]);
  const outputs = await runTogether('./vault-process.ts', lists);
  return outputs.map((output) => report.parse(JSON.parse(output)));
}

describe('several processes on one vault (F9)', () => {
  test('make it together and agree on its name and keys', async () => {
    for (let round = 0; round < 3; round += 1) {
      const path = join(temporaryDirectory(), 'vault.db');

      const reports = await register(path, ['one', 'two', 'three'], 1);

      expect(new Set(reports.map(({ vaultId }) => vaultId)).size).toBe(1);
      expect(new Set(reports.map(({ prehashKeyId }) => prehashKeyId)).size).toBe(1);
    }
  });

  test('lose nothing of each other and share the limits', async () => {
    const path = join(temporaryDirectory(), 'vault.db');

    const reports = await register(path, ['one', 'two'], 60);

    const all = reports.flatMap(({ done }) => done);
    expect(all).toHaveLength(120);
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
