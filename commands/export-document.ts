import { z } from 'zod';
import { actors, type Json } from '../eventstore/event-store.ts';
import { signedExportHead } from './signed-statement.ts';

/** The schema of an export, version 1. Fields may be added; what is here stays what it is. */

const at = z.iso.datetime();
const device = z.object({ ip: z.string().optional(), userAgent: z.string().optional() });

const wayIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), addedAt: at }),
  z.object({
    kind: z.literal('identity'),
    provider: z.string(),
    identityId: z.string(),
    addedAt: at,
    movedAt: at.nullable(),
    suspended: z.enum(['recovery', 'provider']).nullable(),
    issuer: z.string().nullable(),
    subject: z.string().nullable(),
    handle: z.string().nullable(),
    email: z.string().nullable(),
    name: z.string().nullable(),
  }),
]);
export type ExportedWayIn = z.infer<typeof wayIn>;

/** An event as it is stored, and what its sealed part says: the salt lets anybody check the commitment. */
export const exportedEvent = z.object({
  revision: z.int(),
  id: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.json() as z.ZodType<Json>),
  metadata: z.object({
    at: z.string(),
    v: z.int(),
    actor: z.enum(actors),
    requestId: z.string(),
    chain: z.string(),
  }),
  opened: z.object({ salt: z.string(), text: z.string() }).optional(),
});
export type ExportedEvent = z.infer<typeof exportedEvent>;

/** What stands in an export before its history. */
export const exportedAccount = z.object({
  accountId: z.string(),
  status: z.enum(['active', 'closing']),
  registeredAt: at,
  eraseAt: at.nullable(),
  roles: z.array(z.string()),
  profile: z.object({ email: z.string().nullable(), username: z.string(), name: z.string() }),
  waysIn: z.array(wayIn),
});
export type ExportedAccount = z.infer<typeof exportedAccount>;

export const exportedSession = z.object({
  sessionId: z.string(),
  way: z.string(),
  startedAt: at,
  lastSeenAt: at,
  reauthenticatedAt: at.nullable(),
  device,
});

/** The tokens themselves stay in the vault. */
export const exportedToken = z.object({
  provider: z.string(),
  identityId: z.string(),
  scopes: z.array(z.string()),
  expiresAt: at.nullable(),
});

export const exportedActivity = z.object({
  at,
  kind: z.string(),
  way: z.string().nullable(),
  device,
});

export const exportDocument = z.object({
  format: z.literal('latchkey-export'),
  version: z.literal(1),
  origin: z.string(),
  exportedAt: at,
  account: exportedAccount,
  sessions: z.array(exportedSession),
  tokens: z.array(exportedToken),
  activity: z.array(exportedActivity),
  /** When somebody with the auditor role looked at this account. */
  looks: z.array(z.object({ at })),
  history: z.object({ stream: z.string(), events: z.array(exportedEvent) }),
  head: signedExportHead,
});
export type ExportDocument = z.infer<typeof exportDocument>;
