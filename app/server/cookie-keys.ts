import {
  createHmac,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

/** What a key is for. Each has its own, so that nothing made for one can pass for another (H18, CVE-2023-48309). */
export type KeyPurpose =
  | 'anonymous'
  | 'known'
  | 'known-account'
  | 'browser'
  | 'flash'
  | 'typed'
  | 'csrf'
  | 'once'
  | 'receipt';

/** The keys of one purpose: the first makes, all verify. */
export class PurposeKeys {
  readonly all: readonly Buffer[];
  /** The same ones for HMACs, which begin five times as fast with a key object as with bare bytes. */
  readonly #objects: readonly KeyObject[];

  constructor(keys: readonly Buffer[]) {
    this.all = keys;
    this.#objects = keys.map((key) => createSecretKey(key));
  }

  get first(): Buffer {
    return firstOf(this.all);
  }

  /** HMAC-SHA-256 of the parts under the first key; a zero byte keeps the parts apart. */
  mac(...parts: readonly string[]): Buffer {
    return macUnder(firstOf(this.#objects), parts);
  }

  /** The HMAC of the parts under every key, the first key's first. */
  macs(...parts: readonly string[]): readonly Buffer[] {
    return this.#objects.map((key) => macUnder(key, parts));
  }

  /** Whether any key made this HMAC of the parts; takes the same time wherever they differ. */
  verifies(mac: Uint8Array, ...parts: readonly string[]): boolean {
    return this.macs(...parts).some(
      (expected) => expected.length === mac.length && timingSafeEqual(expected, mac),
    );
  }
}

/** Keys by purpose, derived from the cookie secrets: the first secret signs, all verify, so that secrets can rotate. */
export type CookieKeys = Readonly<Record<KeyPurpose, PurposeKeys>>;

/** Derives the keys of every purpose from the cookie secrets, newest first, at least one. */
export function deriveCookieKeys(secrets: readonly (string | Uint8Array)[]): CookieKeys {
  if (secrets.length === 0) throw new Error('a cookie secret is needed');
  const of = (purpose: KeyPurpose) =>
    new PurposeKeys(secrets.map((secret) => deriveKey(secret, purpose)));
  return {
    anonymous: of('anonymous'),
    browser: of('browser'),
    known: of('known'),
    'known-account': of('known-account'),
    flash: of('flash'),
    typed: of('typed'),
    csrf: of('csrf'),
    once: of('once'),
    receipt: of('receipt'),
  };
}

const deriveKey = (secret: string | Uint8Array, purpose: KeyPurpose) =>
  Buffer.from(hkdfSync('sha256', secret, '', `latchkey cookie ${purpose}`, 32));

function firstOf<Key>([first]: readonly Key[]): Key {
  if (!first) throw new Error('a cookie secret is needed');
  return first;
}

const macUnder = (key: KeyObject, parts: readonly string[]) =>
  createHmac('sha256', key).update(parts.join('\u0000')).digest();
