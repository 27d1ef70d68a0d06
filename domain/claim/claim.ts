import { z } from 'zod';

/** The storage contract of `claim-{kind}-{key}`: who holds one e-mail, username or provider identity. */
export const claimEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Claimed'),
    accountId: z.string().min(1).max(64),
    attemptId: z.string().min(1).max(64),
  }),
  z.object({
    type: z.literal('Released'),
    attemptId: z.string().min(1).max(64),
    reason: z.enum(['undone', 'replaced', 'unlinked', 'deleted', 'tidied']),
  }),
]);
export type ClaimEvent = Readonly<z.infer<typeof claimEvent>>;
