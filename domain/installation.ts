import { z } from 'zod';

/** The storage contract of `installation`: which log, vault and claim key belong together. */
export const installationEvent = z.object({
  type: z.literal('LogOpened'),
  /** Random, made with the log. */
  logId: z.string().min(1).max(64),
  vaultId: z.string().min(1).max(64),
  /** Made with the claim key, which it recognises without telling it. */
  keyCheck: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type InstallationEvent = Readonly<z.infer<typeof installationEvent>>;
