import { readCookie, writeCookie, type CookieName, type CookieScheme } from './cookie-header.ts';

/** The cookies of one request and what its answer will set: a later read sees an earlier write. */
export class CookieJar {
  readonly #header: string | undefined;
  readonly #scheme: CookieScheme;
  readonly #writes = new Map<CookieName, { value: string; maxAgeSeconds?: number }>();

  constructor(header: string | undefined, scheme: CookieScheme) {
    this.#header = header;
    this.#scheme = scheme;
  }

  read(name: CookieName): string | undefined {
    const written = this.#writes.get(name);
    if (!written) return readCookie(this.#header, name, this.#scheme);
    return written.maxAgeSeconds === 0 ? undefined : written.value;
  }

  write(name: CookieName, value: string, maxAgeSeconds?: number): void {
    this.#writes.set(name, maxAgeSeconds === undefined ? { value } : { value, maxAgeSeconds });
  }

  /** Deletes it in the browser, also a value we would not read; says nothing to a browser without one. */
  clear(name: CookieName): void {
    const sent = (this.#header ?? '').includes(`${name}=`);
    if (sent) this.write(name, '', 0);
    if (!sent) this.#writes.delete(name);
  }

  /** The Set-Cookie lines of the answer, one per cookie however often it was written. */
  setCookieLines(): readonly string[] {
    return [...this.#writes].map(([name, write]) => writeCookie({ name, ...write }, this.#scheme));
  }
}
