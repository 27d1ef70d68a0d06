import type { MethodRef, Origin } from '../domain/account/events.ts';

export const activityKinds = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'reauthenticated',
  'reauthenticated-weakly',
  'reauthentication-refused',
  'round-trip-failed',
  'session-ended',
  'recovery-link-made',
  'recovery-link-used',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** What happened around an account that is not a change of it. Kept for 90 days. */
export interface Activity {
  readonly activityId: string;
  /** Grows with every entry, whatever the clock says; entries of other accounts stand between. */
  readonly place: number;
  readonly accountId: string;
  readonly kind: ActivityKind;
  readonly at: Date;
  readonly method: MethodRef | null;
  readonly device: Origin;
}

/** What is to be noted; the key seals it. */
export type NewActivity = Omit<Activity, 'activityId' | 'place'> & { readonly keyId: string };

export interface ActivityLog {
  record(entry: NewActivity): Promise<void>;
  /** Newest first; only those before a place, where one is given. */
  list(accountId: string, max: number, before?: number): Promise<readonly Activity[]>;
  deleteAllOf(accountId: string): Promise<void>;
  /** Removes what is older than 90 days. */
  prune(now: Date): Promise<number>;
}
