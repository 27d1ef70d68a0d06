import type { Deps } from '../../commands/deps.ts';
import type { Guarded } from '../../commands/guard.ts';
import type { TestSignIn } from '../../commands/test-sign-in.ts';
import type { ProviderName } from '../../domain/account/events.ts';
import type { AccountReader } from '../../commands/load-account.ts';
import type { LookupsCondition, OpenedLog } from '../../commands/opened-log.ts';
import type { AccountChanges } from '../../projections/account-changes.ts';
import type { Feeds } from './feeds.ts';

/** Whether the server can do its work, part by part; each part says one word or sentence without personal data. */
export interface Health {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** What the edge itself asks of the services. */
export interface EdgeServices {
  /** The session behind a token, if it is alive now. Faults reject. */
  readonly guard: (token: string) => Promise<Guarded | undefined>;
  /** The same for a page that only shows: by this machine's copy of the account while the log is away. */
  readonly viewer: (token: string) => Promise<Guarded | undefined>;
  /** Records that a session was used; the edge calls it at most once a minute per session. */
  readonly seen: (guarded: Guarded, at: Date) => Promise<void>;
  /** Never rejects: what cannot be reached is a part that is not ready. */
  readonly health: () => Promise<Health>;
  /** Where the providers' sign-in pages are: an OpenID issuer tells it only after its discovery. */
  readonly signInOrigins: () => readonly string[];
  /** Lets go of files and connections, after the last request was answered. */
  readonly close: () => Promise<void>;
}

/** Everything the routes may ask, made once in the server and reached through the load context. */
export interface Services extends EdgeServices {
  readonly deps: Deps;
  /** What came of each provider's last test sign-in since the start; development alone makes any. */
  readonly testSignIns: Map<ProviderName, TestSignIn>;
  /** Accounts for pages that only show; see `viewer`. */
  readonly shownAccounts: AccountReader;
  /** While the log is away: when this machine's copy last held everything; null if nobody knows. */
  readonly away: () => { readonly asOf: Date | null } | undefined;
  /** False while the log can only be read: pages then say so. Never rejects. */
  readonly canSave: () => Promise<boolean>;
  /** Where the newest events of all accounts are found. */
  readonly newestFirst: OpenedLog['newestFirst'];
  /** Where the lookups stand now. */
  readonly condition: () => LookupsCondition;
  /** Calls to look at an account again; see live-feed.server.ts. */
  readonly changes: AccountChanges;
  readonly feeds: Feeds;
}
