import { randomBytes } from 'node:crypto';
import type { Person } from './people.ts';
import type { Role } from './roles.ts';

/** What somebody allowed a client, from the yes on the page to the last token. */
export interface Grant {
  readonly role: Role;
  readonly redirectUri: string;
  /** S256 of the verifier. */
  readonly challenge: string;
  readonly nonce: string | null;
  readonly scope: string;
  readonly person: Person;
  /** A name of the list of failures, or nothing. */
  readonly failure: string;
  /** When the person proved themselves here, in seconds. */
  readonly authTime: number;
  readonly madeAt: number;
  /** How often each place was asked in this grant's name. */
  readonly asked: Map<string, number>;
}

const CODE_SECONDS = 60;
const secret = (prefix: string) => `${prefix}${randomBytes(24).toString('base64url')}`;

/** Codes and tokens, in memory: a restart forgets everything. */
export class Grants {
  readonly #codes = new Map<string, Grant>();
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();

  makeCode(grant: Grant): string {
    const code = secret('code_');
    this.#codes.set(code, grant);
    return code;
  }

  /** The grant of a code, exactly once and for a minute. */
  redeem(code: string): Grant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    return grant && Date.now() / 1000 - grant.madeAt <= CODE_SECONDS ? grant : undefined;
  }

  makeTokens(grant: Grant): { readonly access: string; readonly refresh: string } {
    const made = { access: secret('access_'), refresh: secret('refresh_') };
    this.#access.set(made.access, grant);
    this.#refresh.set(made.refresh, grant);
    return made;
  }

  /** A refresh token works once; the next one comes with its answer. */
  renew(refresh: string): Grant | undefined {
    const grant = this.#refresh.get(refresh);
    this.#refresh.delete(refresh);
    return grant;
  }

  byAccess(access: string): Grant | undefined {
    return this.#access.get(access);
  }

  /** Access tokens are over, all of them; what they were renewed with is not. */
  endAccess(): void {
    this.#access.clear();
  }

  /** Takes a grant back with every token of it, whichever of them is shown. */
  revoke(token: string): boolean {
    const grant = this.#access.get(token) ?? this.#refresh.get(token);
    if (!grant || grant.failure === 'revoke-refused') return false;
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [key, owner] of tokens) if (owner === grant) tokens.delete(key);
    }
    return true;
  }

  /** Takes back everything that a person allowed one client. */
  revokeOf(role: Role['name'], subject: string): boolean {
    const all = [...this.#access, ...this.#refresh];
    const theirs = all.filter(
      ([, { role: own, person }]) => own.name === role && person.subject === subject,
    );
    return theirs.map(([token]) => this.revoke(token)).includes(true);
  }
}

/** Counts one more question at a place; answers how many there were before. */
export function countAsked({ asked }: Grant, place: string): number {
  const before = asked.get(place) ?? 0;
  asked.set(place, before + 1);
  return before;
}
