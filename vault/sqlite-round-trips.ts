import { z } from 'zod';
import { identityProfile } from '../domain/account/events.ts';
import { RoundTripRows } from './sqlite-round-trip-rows.ts';
import type { SqliteVaultFile } from './sqlite-vault-file.ts';
import { tokenContent } from './token-content.ts';
import { handshakeIntents, pendingAnswers, type RoundTrips } from './vault-round-trips.ts';

const handshakeContent = z.object({
  provider: z.string(),
  issuer: z.string(),
  redirectUri: z.string(),
  intent: z.enum(handshakeIntents),
  identityId: z.string().nullable(),
  kept: z.string(),
  redirectTo: z.string(),
});
const pendingContent = z.object({
  provider: z.string(),
  identityId: z.string(),
  profile: identityProfile,
  provedEmail: z.string().nullable(),
  holderId: z.string().nullable(),
  allowed: z.array(z.enum(pendingAnswers)),
  tokens: tokenContent.nullable(),
  redirectTo: z.string(),
});

/**
 * Round trips to providers and the answers they wait for: one table, rows of two kinds, each sealed under a key of the
 * vault and found by the hash of an id that only its browser was given.
 */
export function createRoundTrips(file: SqliteVaultFile, key: Buffer): RoundTrips {
  const rows = new RoundTripRows(file, key);
  return {
    handshakes: {
      begin: (state, handshake) => rows.insert('handshake', state, handshake),
      find: async (state, at) => {
        const found = await rows.find('handshake', state, at);
        if (!found || found.answer !== null) return undefined;
        const { startedAt, ...owner } = { ...found.owner, startedAt: found.at };
        return { ...owner, ...handshakeContent.parse(found.content), startedAt };
      },
      consume: (state, at) => rows.take('handshake', state, at),
    },
    pendings: {
      make: (pending) => rows.insert('pending', pending.pendingId, pending),
      find: async (pendingId, at) => {
        const found = await rows.find('pending', pendingId, at);
        if (!found) return undefined;
        const content = pendingContent.parse(found.content);
        return { pendingId, ...found.owner, ...content, madeAt: found.at };
      },
      fix: (pendingId, answer, at) => rows.fix('pending', { id: pendingId, answer, at }),
    },
    dropOf: (owner) => rows.dropOf(owner),
    prune: (now) => rows.prune(now),
  };
}
