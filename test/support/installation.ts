import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Asking } from '../../commands/asking.ts';
import type { BackgroundEvent, Deps } from '../../commands/deps.ts';
import { guard, type Guarded } from '../../commands/guard.ts';
import { assemble } from '../../commands/open-latchkey.ts';
import { registerUser } from '../../commands/register-user.ts';
import { readEnvironment } from '../../config/environment.ts';
import { faultCode, type EventStore } from '../../eventstore/event-store.ts';
import type { SqliteEventStore } from '../../eventstore/sqlite-event-store.ts';
import { createClaimKeys } from '../../vault/claim-keys.ts';
import { openSqliteVault } from '../../vault/sqlite-vault.ts';
import type { Vault } from '../../vault/vault.ts';
import {
  openEmbedded,
  openOnServer,
  openTestLog,
  type LogKind,
  type TestLog,
} from './test-logs.ts';

/** A process of Latchkey in a test: real log, real vault, real hashes at the lowest cost, a clock that can be set. */
export interface TestProcess<Store extends EventStore = SqliteEventStore> {
  readonly deps: Deps;
  readonly store: Store;
  /** Of the lookups. */
  readonly rebuilding: TestLog['rebuilding'];
  readonly level: TestLog['level'];
  readonly vault: Vault;
  readonly reports: BackgroundEvent[];
  readonly clock: { now: Date };
  readonly close: () => Promise<void>;
}

export interface TestProcessOptions {
  /** The folder of its files; several processes may share one. */
  readonly dir: string;
  readonly clock?: { now: Date };
  readonly env?: Readonly<Record<string, string>>;
  /** Put between the process and its files, to crash or lose answers. */
  readonly wrapStore?: (store: EventStore) => EventStore;
  readonly wrapVault?: (vault: Vault) => Vault;
  readonly wrapErased?: (erased: Deps['erased']) => Deps['erased'];
  readonly sleep?: Deps['sleep'];
}

const masterKeys = [{ id: 'm-test', key: Buffer.alloc(32, 7) }];
const claimKeys = createClaimKeys(Buffer.alloc(32, 9));
const unchanged = <T>(part: T): T => part;

/** On the embedded log. `atomic` false: it writes one stream at a time, as EventStoreDB does. */
export const startProcess = async (
  options: TestProcessOptions & { readonly atomic?: boolean },
): Promise<TestProcess> =>
  startWith(await openEmbedded(options.dir, options.atomic ?? true), options);

/** On a log of this kind. */
export const startOn = async (
  kind: LogKind,
  options: TestProcessOptions,
): Promise<TestProcess<EventStore>> => startWith(await openTestLog(options.dir, kind), options);

/** On a server that the test has to itself. */
export const startAt = async (
  url: string,
  options: TestProcessOptions,
): Promise<TestProcess<EventStore>> => startWith(await openOnServer(options.dir, url), options);

async function startWith<Store extends EventStore>(
  log: TestLog<Store>,
  options: TestProcessOptions,
): Promise<TestProcess<Store>> {
  const { dir, clock = { now: new Date() } } = options;
  const { store, lookups, rebuilding, level } = log;
  const reports: BackgroundEvent[] = [];
  const vault = await openSqliteVault({
    path: join(dir, 'vault.db'),
    masterKeys,
    now: () => clock.now,
    limitsOff: options.env?.['RATE_LIMITS'] !== 'on',
  });
  const environment = readEnvironment({ BCRYPT_COST: '4', DATA_DIR: dir, ...options.env });
  const assembled = await assemble(environment, {
    store: (options.wrapStore ?? unchanged)(store),
    vault: (options.wrapVault ?? unchanged)(vault),
    lookups,
    keyOf: (kind, value) => claimKeys.keyOf(kind, value),
    clock: () => clock.now,
    report: (event) => reports.push(event),
  });
  const deps = {
    ...assembled,
    sleep: options.sleep ?? assembled.sleep,
    erased: (options.wrapErased ?? unchanged)(assembled.erased),
  };
  const close = async () => {
    await deps.passwords.close();
    await log.close();
    await vault.close();
  };
  return { deps, store, rebuilding, level, vault, reports, clock, close };
}

export const asking: Asking = {
  requestId: 'request-1',
  from: { ip: '192.0.2.7', userAgent: 'test' },
  knows: () => false,
};

export const password = 'violet harbour candle';

/** A register form as somebody fills it in; one `accountId` is one form. */
export const registration = (name: string, accountId: string = randomUUID()) => ({
  ...asking,
  accountId,
  email: `${name}@example.org`,
  username: name,
  name: `Person ${name}`,
  password,
});

/** Somebody registered and signed in, as commands want them. */
export async function registered(deps: Deps, name: string): Promise<Asking & Guarded> {
  const answer = await registerUser(deps, registration(name));
  if (!answer.ok) throw new Error(`${name} could not register: ${JSON.stringify(answer)}`);
  return asGuarded(deps, answer.issued.token);
}

/** What the guard finds for a token that must be alive. */
export async function asGuarded(deps: Deps, token: string): Promise<Asking & Guarded> {
  const guarded = await guard(deps, token);
  if (!guarded) throw new Error('the session is not alive');
  return { ...asking, ...guarded };
}

/** What a contender may hear where no outcome is certain in time; anything else is a fault of the test. */
export function toldToTryAgain(error: unknown): { readonly ok: false; readonly why: 'try-again' } {
  if (faultCode(error) !== 'try-again') throw error;
  return { ok: false, why: 'try-again' };
}
