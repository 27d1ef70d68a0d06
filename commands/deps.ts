import type { ClaimKind } from '../domain/account/account.ts';
import type { ProviderName } from '../domain/account/events.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { Provider } from '../providers/provider.ts';
import type { Lookups } from '../projections/read-model.ts';
import type { PasswordContext, PasswordWeakness } from '../vault/common-passwords.ts';
import type { ErasedList } from '../vault/erased-list.ts';
import type { PasswordHasher } from '../vault/password-hasher.ts';
import type { Vault } from '../vault/vault.ts';
import type { AccountReader } from './load-account.ts';
import type { AccountQueues } from './account-queues.ts';

/** What a deployment decided. */
export interface Policy {
  readonly passwordMinLength: number;
  readonly deleteGraceDays: number;
  /** `open`: anybody may register; `form`: only by the form; `closed`: nobody. */
  readonly signUp: 'open' | 'form' | 'closed';
  /** Providers that can be used to sign in now. */
  readonly configured: readonly ProviderName[];
}

/** Everything a command may touch. Made once per process. */
export interface Deps {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly lookups: Lookups;
  readonly passwords: PasswordHasher;
  /** Why a new password is refused, or null; reads a list of common ones. */
  readonly weakness: (password: string, context: PasswordContext) => PasswordWeakness | null;
  readonly accounts: AccountReader;
  readonly queues: AccountQueues;
  /** The configured providers by name. */
  readonly providers: ReadonlyMap<ProviderName, Provider>;
  readonly policy: Policy;
  /** The accounts that were erased; no restore puts it back. */
  readonly erased: ErasedList;
  readonly keyOf: (kind: ClaimKind, value: string) => string;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Told of work that goes on, or failed, after its request was answered. Never personal data. */
  readonly report: (event: BackgroundEvent) => void;
}

export interface BackgroundEvent {
  readonly what:
    | 'settling-attempt'
    | 'releasing-claims'
    | 'recording-activity'
    | 'upgrading-hash'
    | 'tidying-vault'
    | 'recording-head'
    | 'checking-log'
    | 'log-damaged'
    | 'provider-failed'
    | 'revoking-grants'
    | 'carrying-out-notice'
    | 'projecting'
    | 'reaching-log'
    | 'sweeping'
    | 'erasing';
  readonly error?: unknown;
}
