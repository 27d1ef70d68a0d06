import { randomBytes, randomUUID } from 'node:crypto';
import { claimedWrite } from '../commands/claims.ts';
import { emptyHead, headAfterWrite, writeAt, type Cause } from '../commands/write-stream.ts';
import type { AccountEvent } from '../domain/account/events.ts';
import { newClaims } from '../domain/account/owned-claims.ts';
import { registerUser } from '../domain/account/register-user.ts';
import { identityValue } from '../domain/identity.ts';
import { accountStream, claimStream } from '../domain/streams.ts';
import { encodeAccountEvent } from '../eventstore/codec.ts';
import type { StreamWrite } from '../eventstore/event-store.ts';
import { currentVersion } from '../eventstore/upcasters.ts';
import type { ClaimKeys } from '../vault/claim-keys.ts';
import { createDataKey, DATA_KEY_BYTES, type ColumnKey } from '../vault/data-key.ts';
import { asking } from './asking.ts';
import { credentialRow, keyRow, sessionRow, type CrowdVault } from './crowd-vault-rows.ts';
import { nameOf, emailOf, signsInByPassword, subjectOf } from './crowd-names.ts';
import type { Sql } from '../sqlite/sqlite-driver.ts';

/** What the crowd's people have in common. */
export interface Crowd extends CrowdVault {
  readonly claimKeys: ClaimKeys;
  /** Changes of the name that each of them made after registering. */
  readonly changes: number;
}

/** One account as its commands would have left it: what stands in the log, its lookups, and its rows of the vault. */
export interface Person {
  /** Appends in their order. */
  readonly writes: readonly StreamWrite[];
  readonly accountId: string;
  readonly revision: number;
  readonly claims: readonly { readonly kind: string; readonly key: string }[];
  readonly keys: readonly Sql[];
  readonly credentials: readonly Sql[] | undefined;
  readonly sessions: readonly Sql[];
}

/** Makes the account with this number: rules, codec, seals and chains are the application's own. */
export function makePerson(crowd: Crowd, number: number, at: Date): Person {
  const [accountId, attemptId] = [randomUUID(), randomUUID()];
  const cause: Cause = { actor: 'self', requestId: 'crowd', at };
  const ids = { accountId, attemptId, at };
  const bytes = randomBytes(DATA_KEY_BYTES);
  const key = createDataKey(bytes);
  const events = registered(crowd, number, { attemptId, at });
  const claims = newClaims({ status: 'absent' }, events);
  const contender = { accountId, attemptId, cause };
  const claimed = claims.map((claim) =>
    claimedWrite(emptyHead(claimStream(claim.kind, claim.key)), contender),
  );
  const own = accountWrites(
    { accountId, key, changes: crowd.changes },
    { events, attemptId, cause },
  );
  const byPassword = signsInByPassword(number);
  const method = byPassword
    ? ({ kind: 'password', credentialId: attemptId } as const)
    : ({ kind: 'identity', provider: 'github', identityId: identityKey(crowd, number) } as const);
  return {
    writes: [...claimed, ...own],
    accountId,
    revision: own.length - 1,
    claims: claims.map(({ kind, key: claimKey }) => ({ kind, key: claimKey })),
    keys: keyRow(crowd, ids, bytes),
    credentials: byPassword ? credentialRow(crowd, ids, key) : undefined,
    sessions: sessionRow(ids, { method, device: asking.from }, key),
  };
}

const identityOf = (number: number) => ({
  issuer: 'https://github.com',
  subject: subjectOf(number),
});

const identityKey = ({ claimKeys }: Crowd, number: number) =>
  claimKeys.keyOf('identity', identityValue(identityOf(number)));

/** Every second one registers with e-mail and password, the others by an identity, without an address. */
function registered(
  crowd: Crowd,
  number: number,
  { attemptId, at }: { readonly attemptId: string; readonly at: Date },
): readonly AccountEvent[] {
  const { claimKeys } = crowd;
  const keyed = (kind: 'email' | 'username', value: string) => ({
    value,
    key: claimKeys.keyOf(kind, value),
  });
  const byPassword = signsInByPassword(number);
  const decided = registerUser(
    {
      at: at.toISOString(),
      from: asking.from,
      attemptId,
      keyId: attemptId,
      email: byPassword ? keyed('email', emailOf(number)) : null,
      username: keyed('username', nameOf(number)),
      name: `Person Number ${number}`,
      method: byPassword
        ? { kind: 'password', credentialId: attemptId }
        : {
            kind: 'identity',
            provider: 'github',
            identityId: identityKey(crowd, number),
            profile: { ...identityOf(number), handle: nameOf(number) },
          },
    },
    { status: 'absent' },
  );
  if (!decided.ok) throw new Error(`the rule refused: ${decided.refusal.code}`);
  return decided.value;
}

interface Registration {
  readonly events: readonly AccountEvent[];
  readonly attemptId: string;
  readonly cause: Cause;
}

/** The registration, then so many changes of the name, each an append of its own. */
function accountWrites(
  { accountId, key, changes }: { accountId: string; key: ColumnKey; changes: number },
  { events, attemptId, cause }: Registration,
): readonly StreamWrite[] {
  const stream = accountStream(accountId);
  const drafts = (decided: readonly AccountEvent[]) =>
    decided.map((event) => ({
      type: event.type,
      v: currentVersion(event.type),
      data: (eventId: string) =>
        encodeAccountEvent(event, { stream, eventId }, (context, text) => key.seal(context, text)),
    }));
  let last = writeAt(emptyHead(stream), attemptId, { cause, drafts: drafts(events) });
  const writes = [last];
  for (let change = 1; change <= changes; change += 1) {
    const personal = { name: `Person Renamed ${change}`, from: asking.from };
    const renamed = drafts([{ type: 'ProfileChanged', personal }]);
    last = writeAt(headAfterWrite(last), randomUUID(), { cause, drafts: renamed });
    writes.push(last);
  }
  return writes;
}
