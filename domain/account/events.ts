import { z } from 'zod';

/**
 * The storage contract of `account-{accountId}`. Names and fields here are on disk for good: add, never rename.
 * An event is its clear part, which rules and lookups need, and a personal part, which is sealed on disk under
 * the account's data key and may be gone for ever.
 */

/** What a reader has in place of a personal part it did not, or can no longer, open. */
export const unopened = z.enum(['closed', 'erased']);
export type Unopened = z.infer<typeof unopened>;

const id = z.string().min(1).max(64);
/** base64url of HMAC-SHA-256(claim key, kind ‖ 0x00 ‖ value). */
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A label of a provider: github, google, facebook, or a name out of OIDC_PROVIDERS. */
export const providerName = z.string().regex(/^[a-z][a-z0-9]{0,19}$/);
export type ProviderName = z.infer<typeof providerName>;

/** Where a change was asked from. */
export const origin = z.object({
  ip: z.string().max(64).optional(),
  userAgent: z.string().max(512).optional(),
});
export type Origin = Readonly<z.infer<typeof origin>>;
const from = origin.optional();

/** What a provider said of a person; the subject is its stable id, byte for byte. */
export const identityProfile = z.object({
  issuer: z.string().min(1).max(512),
  subject: z.string().min(1).max(255),
  handle: z.string().max(255).optional(),
  email: z.string().max(320).optional(),
  emailVerified: z.boolean().optional(),
  name: z.string().max(255).optional(),
});
export type IdentityProfile = Readonly<z.infer<typeof identityProfile>>;

export const passwordScheme = z.enum(['bcrypt-hmac-sha384']);

const attempt = { attemptId: id };
const passwordWay = z.object({
  kind: z.literal('password'),
  credentialId: id,
  scheme: passwordScheme,
});
const identityWay = z.object({
  kind: z.literal('identity'),
  provider: providerName,
  identityId: key,
});

/** Which way in an event speaks of. */
export const methodRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password') }),
  z.object({ kind: z.literal('identity'), provider: providerName, identityId: key }),
]);
export type MethodRef = Readonly<z.infer<typeof methodRef>>;

export const role = z.enum(['auditor']);
export type Role = z.infer<typeof role>;
/** Who gave or took it, where the operator said so. */
const operatorName = z.string().min(1).max(64).optional();

/** One entry per event type: its clear part and its personal part. */
export const accountEventParts = {
  UserRegistered: {
    clear: z.object({
      ...attempt,
      /** The data key that counts: each attempt mints its own. */
      keyId: id,
      emailKey: key.nullable(),
      usernameKey: key,
      method: z.discriminatedUnion('kind', [passwordWay, identityWay]),
    }),
    personal: z.object({
      email: z.string().nullable(),
      username: z.string(),
      name: z.string(),
      identity: identityProfile.optional(),
      from,
    }),
  },
  ProviderLinked: {
    clear: z.object({
      ...attempt,
      provider: providerName,
      identityId: key,
      /** The person proved the identity and took it here from another account (H11). */
      moved: z.literal(true).optional(),
    }),
    personal: z.object({ identity: identityProfile, from }),
  },
  ProviderUnlinked: {
    clear: z.object({
      provider: providerName,
      identityId: key,
      /** `moved`: the person proved the identity and took it to another account. */
      reason: z.enum(['asked', 'moved', 'provider']),
    }),
    personal: z.object({ from }),
  },
  MethodSuspended: {
    clear: z.object({
      provider: providerName,
      identityId: key,
      reason: z.enum(['recovery', 'provider']),
    }),
    personal: z.object({ from }),
  },
  MethodRestored: {
    clear: z.object({ provider: providerName, identityId: key }),
    personal: z.object({ from }),
  },
  /** What the provider says of an identity was read again. Issuer and subject stay what they are. */
  IdentityRefreshed: {
    clear: z.object({ provider: providerName, identityId: key }),
    personal: z.object({ identity: identityProfile, from }),
  },
  PasswordSet: {
    clear: z.object({
      ...attempt,
      credentialId: id,
      scheme: passwordScheme,
      reason: z.enum(['set', 'change', 'recovery']),
    }),
    personal: z.object({ from }),
  },
  PasswordRemoved: {
    clear: z.object({ credentialId: id }),
    personal: z.object({ from }),
  },
  ProfileChanged: {
    clear: z.object({}),
    personal: z.object({ name: z.string(), from }),
  },
  EmailChanged: {
    clear: z.object({ ...attempt, emailKey: key }),
    personal: z.object({ email: z.string(), from }),
  },
  UsernameChanged: {
    clear: z.object({ ...attempt, usernameKey: key }),
    personal: z.object({ username: z.string(), from }),
  },
  DeletionRequested: {
    /** `method`: the way in of the session that asked: whoever cancels learns which to mistrust (H7). */
    clear: z.object({ eraseAt: z.iso.datetime(), method: methodRef.optional() }),
    personal: z.object({ from }),
  },
  DeletionCancelled: { clear: z.object({}), personal: z.object({ from }) },
  AccountDeleted: { clear: z.object({}), personal: z.object({}) },
  RoleGranted: { clear: z.object({ role }), personal: z.object({ by: operatorName }) },
  RoleRevoked: { clear: z.object({ role }), personal: z.object({ by: operatorName }) },
  GrantRevoked: {
    clear: z.object({
      provider: providerName,
      identityId: key,
      outcome: z.enum(['revoked', 'unsupported', 'failed']),
    }),
    personal: z.object({}),
  },
  AttemptFenced: { clear: z.object({ ...attempt }), personal: z.object({}) },
} as const;

type Parts = typeof accountEventParts;
export type AccountEventType = keyof Parts;

export type PersonalPart<Type extends AccountEventType> = Readonly<
  z.infer<Parts[Type]['personal']>
>;

/** An empty part infers as a record of `never`, which would forbid every field beside it. */
type Fields<Part> = string extends keyof Part ? unknown : Readonly<Part>;
type ClearPart<Type extends AccountEventType> = Fields<z.infer<Parts[Type]['clear']>>;

/** An account event as rules see it: clear fields beside `type`, the personal part opened or not. */
export type AccountEvent = {
  [Type in AccountEventType]: { readonly type: Type } & ClearPart<Type> & {
      readonly personal: PersonalPart<Type> | Unopened;
    };
}[AccountEventType];

export type EventOf<Type extends AccountEventType> = Extract<AccountEvent, { type: Type }>;
