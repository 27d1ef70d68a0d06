import { createHash } from 'node:crypto';
import { openSqliteVault } from '../../vault/sqlite-vault.ts';
import { waitToGo } from './run-together.ts';

/**
 * One of several processes on one vault: `node vault-process.ts PATH NAME COUNT`. Says "ready", waits to be told to go,
 * opens the vault as others may make it this very moment, then registers COUNT accounts, each with key, credential,
 * session and limit; erases every third. Prints what it did as JSON.
 */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const masterKeys = [{ id: 'm1', key: createHash('sha256').update('m1').digest() }];
await waitToGo();
const vault = await openSqliteVault({ path, masterKeys, now: () => new Date() });
const { vaultId } = vault;
const { keyId: prehashKeyId } = await vault.installationKeys.currentPrehash();

async function register(n: number) {
  const accountId = `${name}-${n}`;
  const keyId = `${accountId}-key`;
  await vault.keys.mint({ keyId, accountId, attemptId: 'a' });
  const credential = { credentialId: `${accountId}-c`, accountId, hash: '$2b$', prehashKeyId: 'p' };
  await vault.credentials.put({ ...credential, keyId, attemptId: 'a' });
  const { token } = await vault.sessions.start({
    accountId,
    keyId,
    method: { kind: 'password', credentialId: credential.credentialId },
    provedRevision: 0,
    closing: false,
    at: new Date(),
    proof: 'password',
    device: {},
  });
  const budgets = [{ name: 'register-address', key: 'shared' }] as const;
  const { allowed } = await vault.limits.spend(budgets);
  const erased = n % 3 === 0;
  if (erased) await vault.keys.erase(keyId, accountId);
  return { keyId, token, allowed, erased };
}

const done = [];
for (let n = 0; n < Number(count); n += 1) done.push(await register(n));
await vault.close();
console.log(JSON.stringify({ vaultId, prehashKeyId, done }));
