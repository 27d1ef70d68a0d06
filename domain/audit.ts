import { z } from 'zod';

const id = z.string().min(1).max(64);

/**
 * The storage contract of `audit-{accountId}`. A look stands in the stream of the account looked at, a search in
 * the auditor's own, before anything is looked up. What was typed is stored nowhere: only the key made of it.
 */
export const auditEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('AccountViewed'),
    auditorId: id,
    /** Found by a search, its history read, a copy of its history taken. */
    how: z.exactOptional(z.enum(['search', 'history', 'export'])),
  }),
  z.object({
    type: z.literal('AuditSearched'),
    kind: z.enum(['email', 'username', 'identity', 'account']),
    /** The claim key; for `account` the account id itself. Nothing else fits, so nothing typed can stand here. */
    key: z.union([z.string().regex(/^[A-Za-z0-9_-]{43}$/), z.guid()]),
  }),
  /** The newest events of all accounts, without anything of any person. */
  z.object({ type: z.literal('NewestEventsViewed') }),
]);
export type AuditEvent = Readonly<z.infer<typeof auditEvent>>;
export type AuditEventOf<Type extends AuditEvent['type']> = Extract<AuditEvent, { type: Type }>;

/** How an account was looked at. */
export type LookKind = NonNullable<AuditEventOf<'AccountViewed'>['how']>;
