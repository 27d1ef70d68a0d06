import type { Session } from './vault-sessions.ts';

export const censusKinds = ['key', 'credential', 'session', 'activity', 'recovery'] as const;
export type CensusKind = (typeof censusKinds)[number];

/** A row of the vault and whose it is; nothing of what it holds. */
export interface CensusRow {
  readonly kind: CensusKind;
  /** For activity and recovery links the account's id: they are counted by account. */
  readonly id: string;
  readonly accountId: string;
  /** Of a key. An erased key's record stays for ever. */
  readonly state: 'active' | 'erasing' | 'erased' | null;
  /** False while it may belong to an attempt under way: the sweeper's business alone. A session's is its key's. */
  readonly settled: boolean;
  /** Of a session: what decides whether it lives on. */
  readonly session: Pick<Session, 'keyId' | 'provedRevision' | 'closing'> | null;
}

/** Which rows there are: what a doctor compares with the log. Tokens have a sweep of their own, which asks providers. */
export interface Census {
  /** At most `max` rows of a kind that come after an id, in the order of their ids; '' from the first. */
  page(kind: CensusKind, after: string, max: number): Promise<readonly CensusRow[]>;
}
