import type { Session } from '../../vault/vault.ts';

/** A living session: the account's own stream says that it still counts. */
export interface Guarded {
  readonly session: Session;
}

/** Whether the server can do its work, part by part; each part says one word or sentence without personal data. */
export interface Health {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** What the edge itself asks of the services. */
export interface EdgeServices {
  /** The session behind a token, if it is alive at that time. Faults reject. */
  guard(token: string, at: Date): Promise<Guarded | undefined>;
  /** Records that a session was used; the edge calls it at most once a minute per session. */
  seen(guarded: Guarded, at: Date): Promise<void>;
  /** Never rejects: what cannot be reached is a part that is not ready. */
  health(): Promise<Health>;
  /** Lets go of files and connections, after the last request was answered. */
  close(): Promise<void>;
}

/** Everything the routes may ask, made once in the server and reached through the load context. */
export type Services = EdgeServices;
