import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import type { Person } from './people.ts';
import type { RoleName } from './roles.ts';

const remembered = z.object({
  person: z.object({
    subject: z.string(),
    handle: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
  }),
  authTime: z.number(),
});

/** Who stays signed in here in this browser, and since when. */
export interface Remembered {
  readonly person: Person;
  /** Seconds. */
  readonly authTime: number;
}

/** Reads the browser's cookie; what cannot be read is nobody. */
export function readRemembered({ headers }: Exchange, role: RoleName): Remembered | undefined {
  const pair = (headers.cookie ?? '')
    .split('; ')
    .find((cookie) => cookie.startsWith(`remembered-${role}=`));
  if (pair === undefined) return undefined;
  try {
    const text = Buffer.from(pair.slice(pair.indexOf('=') + 1), 'base64url').toString('utf8');
    return remembered.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The header that keeps somebody signed in here. */
export const rememberHeader = (role: RoleName, who: Remembered): Record<string, string> => ({
  'set-cookie': `remembered-${role}=${Buffer.from(JSON.stringify(who)).toString('base64url')}; Path=/; HttpOnly; SameSite=Lax`,
});
