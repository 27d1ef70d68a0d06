import { z } from 'zod';

/**
 * Every variable of the environment but the providers': how it reads, its default, what it is for.
 * docs/operations.md shows this table; a test keeps the two equal.
 */

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

const host = z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an address or a host name');

const origin = z.string().refine(isOrigin, 'must be http(s)://name[:port] and nothing more');

const eventstoreUrl = z
  .string()
  .regex(
    /^(esdb|esdb\+discover|kurrentdb|kurrentdb\+discover):\/\/\S+$/,
    'must begin with esdb://',
  );

export const variables = {
  PORT: whole(1, 65_535).prefault('3000').describe('Port to listen on.'),
  HOST: host
    .prefault('127.0.0.1')
    .describe('Address to listen on. Development rules hold while it and ORIGIN are loopback.'),
  ORIGIN: origin
    .optional()
    .describe(
      'Public address, the only source of absolute links. Unset: `http://localhost:$PORT`. https, or loopback under development rules.',
    ),
  DATA_DIR: z.string().prefault('./data').describe('Directory of the log, the vault and secrets.'),
  EVENTSTORE_URL: eventstoreUrl
    .optional()
    .describe('EventStoreDB or KurrentDB to keep the log in. Unset: the embedded SQLite log.'),
  EVENTSTORE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be letters, digits, `_`, `.` and `-`')
    .optional()
    .describe('Put before every stream name, so that several installations share one store.'),
  LATCHKEY_MASTER_KEYS: z
    .string()
    .optional()
    .describe('Secret keys that wrap every other key, newest first. Needed in production.'),
  LATCHKEY_PEPPER: z
    .string()
    .optional()
    .describe('Secret claim key: names claim streams and can never change. Needed in production.'),
  LATCHKEY_COOKIE_SECRETS: z
    .string()
    .optional()
    .describe('Secrets of the cookies: the first signs, all verify. Needed in production.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'Bearer token that opens `/metrics` from afar. Unset: only this machine may read it.',
    ),
  TRUSTED_PROXIES: whole(0, 10)
    .prefault('0')
    .describe('How many proxies stand in front; decides which address is the client.'),
  PASSWORD_MIN_LENGTH: whole(8, 64).prefault('12').describe('Shortest password, 8 to 64.'),
  BCRYPT_COST: whole(4, 16)
    .prefault('12')
    .describe('Cost of a password hash, 10 to 16; below 10 only under development rules.'),
  SIGN_UP: oneOf(['open', 'form', 'closed'])
    .prefault('open')
    .describe(
      'Who may make an account: `open`: anybody; `form`: only by the form; `closed`: nobody.',
    ),
  DELETE_GRACE_DAYS: whole(0, 365)
    .prefault('7')
    .describe('Days between asking for deletion and erasure; never changes a running one.'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .describe('How much the server says.'),
  RATE_LIMITS: oneOf(['on', 'off']).prefault('on').describe('`off` only under development rules.'),
} as const;

/** Scheme, name and port, nothing that an origin does not have. */
function isOrigin(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { origin, href } = new URL(value);
  return href === `${origin}/`;
}
