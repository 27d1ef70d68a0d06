import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../config/environment.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { OpenOptions as OpenProviders } from '../providers/open-providers.ts';
import { createClaimKeys } from '../vault/claim-keys.ts';
import { weakness } from '../vault/common-passwords.ts';
import { ErasedList } from '../vault/erased-list.ts';
import { createPasswordHasher } from '../vault/password-hasher.ts';
import { openSecrets, type Secrets } from '../vault/secrets.ts';
import { openSqliteVault } from '../vault/sqlite-vault.ts';
import { AccountQueues } from './account-queues.ts';
import type { BackgroundEvent, Deps, Policy } from './deps.ts';
import { openInstallation } from './installation.ts';
import { AccountReader } from './load-account.ts';
import { openEmbeddedLog } from './open-embedded-log.ts';
import { refuseHalfRestored } from './restore-files.ts';
import type { OpenServerLog, Serving } from './open-server-log.ts';
import type { OpenedLog } from './opened-log.ts';

/** Log, vault, lookups and what commands need of them, opened together and checked to belong together. */
export interface Latchkey {
  readonly deps: Deps;
  readonly secrets: Secrets;
  readonly log: OpenedLog;
  /** Accounts for pages that only show: from this machine's copy while a log elsewhere is away. No command reads it. */
  readonly shownAccounts: AccountReader;
  /** Waits for running commands, then lets go of files, connections and threads. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly report: (event: BackgroundEvent) => void;
  readonly clock?: () => Date;
  /** Of a process that serves: it starts without the log's server too, and brings the read model up to date. */
  readonly serving?: Serving;
}

/** Commands that no log answers are left, as by a crash, to those who come later. */
const longestGoodbyeMs = 5_000;

/**
 * Opens everything under DATA_DIR, and the log that EVENTSTORE_URL names, for app, CLI and tests. Throws
 * InstallationMismatch, LogDamaged, BadBackup, Unavailable, or the vault's faults, each saying what to do.
 */
export async function openLatchkey(
  environment: Environment,
  { report, clock = () => new Date(), serving }: OpenOptions,
): Promise<Latchkey> {
  const { dataDir, development } = environment;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  refuseHalfRestored(dataDir, { embedded: environment.eventstoreUrl === undefined });
  const secrets = openSecrets({ given: environment.secrets, development, dataDir });
  const claimKeys = createClaimKeys(secrets.pepper);
  const vault = await openSqliteVault({
    path: join(dataDir, 'vault.db'),
    masterKeys: secrets.masterKeys,
    now: clock,
    limitsOff: !environment.rateLimits,
  });
  const { keyCheck } = claimKeys;
  const install = (store: EventStore) => openInstallation({ store, vault, keyCheck });
  const opening = openLog(environment, { install, deps: { vault, report }, serving });
  const log = await opening.catch(async (error: unknown) => {
    await vault.close();
    throw error;
  });
  const { store, lookups } = log;
  const keyOf: Deps['keyOf'] = (kind, value) => claimKeys.keyOf(kind, value);
  const lookAhead = serving !== undefined;
  const deps = await assemble(
    environment,
    { store, vault, lookups, keyOf, clock, report },
    { lookAhead },
  );
  const shownAccounts =
    log.kind === 'server' ? deps.accounts.readingFrom(log.pageStore) : deps.accounts;
  const close = async () => {
    // A timer that holds nobody up: without a command under way a verb of the terminal ends at once.
    await Promise.race([deps.queues.idle(), sleep(longestGoodbyeMs, undefined, { ref: false })]);
    await deps.passwords.close();
    await log.close();
    await vault.close();
  };
  return { deps, secrets, log, shownAccounts, close };
}

/** A server's client is loaded only where one is named: it is a tenth of what a start would load. */
async function openLog(
  { eventstoreUrl: url, eventstorePrefix: prefix, dataDir }: Environment,
  parts: Pick<OpenServerLog, 'install' | 'deps' | 'serving'>,
): Promise<OpenedLog> {
  if (url === undefined) {
    return openEmbeddedLog({ path: join(dataDir, 'log.db'), prefix }, parts.install);
  }
  const { openServerLog } = await import('./open-server-log.ts');
  return openServerLog({ url, prefix, dataDir, ...parts });
}

/** What commands need beside what was opened. */
export async function assemble(
  environment: Environment,
  opened: Pick<Deps, 'store' | 'vault' | 'lookups' | 'keyOf' | 'clock' | 'report'>,
  { lookAhead = false }: Pick<OpenProviders, 'lookAhead'> = {},
): Promise<Deps> {
  const { store, vault } = opened;
  return {
    ...opened,
    passwords: createPasswordHasher({
      cost: environment.bcryptCost,
      prehashKeys: vault.installationKeys,
    }),
    weakness,
    providers: await providersOf(environment, { lookAhead }),
    accounts: new AccountReader(store, vault),
    erased: new ErasedList(join(environment.dataDir, 'erased.jsonl')),
    queues: new AccountQueues(),
    policy: policyOf(environment),
    newId: randomUUID,
    sleep: (milliseconds) => sleep(milliseconds),
  };
}

/** What speaks with providers is loaded only where one is configured: it is a fifth of what a start would load. */
async function providersOf(
  { providers }: Environment,
  options: OpenProviders,
): Promise<Deps['providers']> {
  if (providers.length === 0) return new Map();
  const { openProviders } = await import('../providers/open-providers.ts');
  return openProviders(providers, options);
}

const policyOf = (environment: Environment): Policy => ({
  passwordMinLength: environment.passwordMinLength,
  deleteGraceDays: environment.deleteGraceDays,
  signUp: environment.signUp,
  configured: environment.providers.map(({ name }) => name),
});
