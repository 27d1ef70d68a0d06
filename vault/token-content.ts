import { z } from 'zod';
import type { ProviderTokens } from './vault-tokens.ts';

/** Tokens as they stand inside a seal. */
export const tokenContent = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  expiresAt: z.coerce.date().nullable(),
  scopes: z.array(z.string()),
});

/** The text that is sealed: these fields and no others, whatever else hangs on them. */
export const tokenText = (tokens: ProviderTokens): string =>
  JSON.stringify(tokenContent.parse(tokens));

export const readTokenText = (text: string): ProviderTokens => tokenContent.parse(JSON.parse(text));
