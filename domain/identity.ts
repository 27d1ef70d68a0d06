import { z } from 'zod';

/**
 * Who a provider says somebody is. Both parts count byte for byte: `AbC` and `abc` are two people, and so is
 * subject 5 at two issuers (H1).
 */
export const identity = z.object({
  issuer: z
    .string()
    .min(1)
    .max(512)
    .refine((issuer) => !issuer.includes('\u0000') && issuer.isWellFormed()),
  /** A stable id, as a string; never an e-mail or a handle. Half a surrogate pair has no bytes of its own. */
  subject: z
    .string()
    .min(1)
    .max(255)
    .refine((subject) => subject.isWellFormed()),
});
export type Identity = Readonly<z.infer<typeof identity>>;

/** What an identity's claim key is made of. The zero byte keeps `https://a` + `b1` and `https://ab` + `1` apart. */
export const identityValue = ({ issuer, subject }: Identity): string => `${issuer}\u0000${subject}`;
