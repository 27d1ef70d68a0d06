import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import { newestPosition } from '../eventstore/sqlite-events-table.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../eventstore/sqlite-event-store.ts';
import { catchUpInline, inlineLookups } from '../projections/inline.ts';
import { bindToLog, Lookups, prepareReadModel } from '../projections/read-model.ts';
import type { RebuildSource } from '../projections/rebuild.ts';
import { createClaimKeys } from '../vault/claim-keys.ts';
import { weakness } from '../vault/common-passwords.ts';
import { createPasswordHasher } from '../vault/password-hasher.ts';
import { openSecrets, type Secrets } from '../vault/secrets.ts';
import { openSqliteVault } from '../vault/sqlite-vault.ts';
import { AccountQueues } from './account-queues.ts';
import type { BackgroundEvent, Deps, Policy } from './deps.ts';
import { openInstallation } from './installation.ts';
import { AccountReader } from './load-account.ts';

/** Log, vault, lookups and what commands need of them, opened together and checked to belong together. */
export interface Latchkey {
  readonly deps: Deps;
  readonly store: SqliteEventStore;
  readonly secrets: Secrets;
  /** Of the log, from its `installation` stream. */
  readonly logId: string;
  /** What a rebuild of the lookups reads and writes. */
  readonly rebuilding: RebuildSource;
  /** Waits for running commands, then lets go of files and threads. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly report: (event: BackgroundEvent) => void;
  readonly clock?: () => Date;
}

/**
 * Opens everything under DATA_DIR for app, CLI and tests. Throws InstallationMismatch, LogDamaged, Unavailable, or the
 * vault's faults, each saying what to do.
 */
export async function openLatchkey(
  environment: Environment,
  { report, clock = () => new Date() }: OpenOptions,
): Promise<Latchkey> {
  const { dataDir, development } = environment;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secrets = openSecrets({ given: environment.secrets, development, dataDir });
  const claimKeys = createClaimKeys(secrets.pepper);
  const vault = await openSqliteVault({
    path: join(dataDir, 'vault.db'),
    masterKeys: secrets.masterKeys,
    now: clock,
    limitsOff: !environment.rateLimits,
  });
  const store = await openSqliteEventStore({
    path: join(dataDir, 'log.db'),
    inline: inlineLookups,
    prefix: environment.eventstorePrefix,
  });
  const logId = await openLookups(store, () =>
    openInstallation({ store, vault, keyCheck: claimKeys.keyCheck }),
  );
  const lookups = new Lookups(store.db);
  const keyOf: Deps['keyOf'] = (kind, value) => claimKeys.keyOf(kind, value);
  const opened = { store, vault, lookups, keyOf, clock, report };
  const deps = assemble(environment, opened);
  const close = async () => {
    await deps.queues.idle();
    await deps.passwords.close();
    await store.close();
    await vault.close();
  };
  const rebuilding = { store, writer: store.writer, headInside: newestPosition };
  return { deps, store, secrets, logId, rebuilding, close };
}

/** What commands need beside what was opened. */
export function assemble(
  environment: Environment,
  opened: Pick<Deps, 'store' | 'vault' | 'lookups' | 'keyOf' | 'clock' | 'report'>,
): Deps {
  const { store, vault } = opened;
  return {
    ...opened,
    passwords: createPasswordHasher({
      cost: environment.bcryptCost,
      prehashKeys: vault.installationKeys,
    }),
    weakness,
    providers: new Map(),
    accounts: new AccountReader(store, vault),
    queues: new AccountQueues(),
    policy: policyOf(environment),
    newId: randomUUID,
    sleep: (milliseconds) => sleep(milliseconds),
  };
}

/** The lookups live in the log's own file. A file that cannot be written is served as it is. */
async function openLookups(
  store: SqliteEventStore,
  install: () => Promise<string>,
): Promise<string> {
  const { writable } = await store.writable();
  if (!writable) return install();
  await store.writer.write(prepareReadModel);
  const logId = await install();
  await store.writer.write((db) => bindToLog(db, logId));
  await catchUpInline(store, store.writer);
  return logId;
}

const policyOf = (environment: Environment): Policy => ({
  passwordMinLength: environment.passwordMinLength,
  deleteGraceDays: environment.deleteGraceDays,
  signUp: environment.signUp,
  configured: environment.providers.map(({ name }) => name),
});
