import type {} from '@remix-run/node';
import type { Environment } from '../config/environment.ts';
import type { Origin } from '../domain/account/events.ts';
import type { Result } from '../domain/result.ts';
import type { Theme } from './look/theme.ts';
import type { OnceRefusal } from './server/once.ts';
import type { Guarded, Viewer } from '../commands/guard.ts';
import type { LoadedAccount } from '../commands/load-account.ts';
import type { Services } from './server/services.ts';
import type { TypedPlace } from './server/typed-cookie.ts';
import type { WrittenLook } from './written-look.ts';

/** What the last request did: a code whose words stand with the pages. */
export interface Flash {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What a browser keeps for us. Writes go out with whatever the request is answered with. */
export interface Cookies {
  readonly session: {
    /** The opaque token; says nothing of whether it is alive. */
    read(): string | undefined;
    set(token: string): void;
    clear(): void;
  };
  /** A signed random id of a browser, with no row anywhere. */
  readonly anonymous: {
    /** Minted at the first call when the browser has none. */
    id(): string;
    /** A keyed hash of it: what rows of this browser are bound to. */
    hash(): string;
    /** At sign-out: the next person at this browser is somebody else. */
    renew(): void;
  };
  /** Browsers that signed in before (H16). */
  readonly known: {
    holds(accountId: string): boolean;
    add(accountId: string): void;
  };
  readonly flash: {
    set(code: string, params?: Readonly<Record<string, string>>): void;
    /** Answers it once; the root loader shows it. */
    take(): Flash | undefined;
  };
  /** Typed values that wait 5 minutes for a re-authentication; passwords are never kept (H6). */
  readonly typed: {
    /** False where they are too long to keep. */
    keep(place: TypedPlace, values: Readonly<Record<string, string>>): boolean;
    take(place: TypedPlace): Readonly<Record<string, string>> | undefined;
  };
  /** Somebody signed out here: the next departure asks a provider for its account picker (H20). */
  readonly signedOut: {
    read(): boolean;
    set(): void;
    clear(): void;
  };
  /** The account whose deletion was asked for here, for the receipt: its session is over. */
  readonly receipt: {
    read(): string | undefined;
    set(accountId: string): void;
  };
  readonly theme: {
    read(): Theme;
    set(theme: Theme): void;
  };
}

export interface Csrf {
  /**
   * For a hidden `csrf` field: bound to the session if one is alive, else to the browser. `anonymous` for the forms of
   * people who are not signed in (/login, /register): those stay right when the same form is sent a second time.
   */
  token(as?: CsrfBinding): Promise<string>;
  /** Whether a form's `csrf` field is right, for the binding it was made with. */
  check(token: unknown, as?: CsrfBinding): Promise<boolean>;
}

export type CsrfBinding = 'principal' | 'anonymous';

export interface Once {
  mint(): string;
  /** 128 random bits as base64url, to derive ids from; or why the field does not count. */
  read(value: unknown): Result<string, OnceRefusal>;
}

/** The settings that pages show or ask. */
export type Settings = Pick<
  Environment,
  'origin' | 'development' | 'passwordMinLength' | 'signUp' | 'deleteGraceDays' | 'providers'
>;

/** What every loader and action gets as `context`; made by the server, one per request. */
export interface AppContext {
  /** Minted here; shown on error pages. */
  readonly requestId: string;
  /** For script tags of this answer; never part of loader data. */
  readonly nonce: string;
  readonly at: Date;
  /** Where the request came from. */
  readonly from: Origin;
  /**
   * Whether it sends a form. Remix then runs the page's loader too, as if for a GET: what leads away from a page that
   * is only read would hide the answer to the form.
   */
  readonly sendsForm: boolean;
  readonly settings: Settings;
  readonly cookies: Cookies;
  readonly csrf: Csrf;
  readonly once: Once;
  readonly services: Services;
  /** Headers added to whatever the request is answered with. */
  readonly answer: Headers;
  /** The living session, looked up once per request: for everything that writes. Faults reject. */
  readonly session: () => Promise<Guarded | undefined>;
  /** The same for what only shows: while the log is away, by this machine's copy of the account. */
  readonly viewer: () => Promise<Viewer | undefined>;
  /**
   * An account with its personal parts opened, as pages show it. Where nothing but pages is asked for, the viewer's own is
   * read once; a form may change what it says.
   */
  readonly opened: (accountId: string) => Promise<LoadedAccount>;
  /** What was written down of an auditor's look before this page was asked; nothing on any other page. */
  readonly look: WrittenLook | undefined;
  /** An own path to go to after a form, or undefined for anything else (security 1.6). */
  readonly redirectTo: (value: unknown) => string | undefined;
  /** The same for a form that asked for a re-authentication: the question after a round trip counts too. */
  readonly formPage: (value: unknown) => string | undefined;
  /** Writes a fault to the server's log, with the request id and without personal data. */
  readonly report: (error: unknown) => void;
}

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
  // Merging is the one way to type the context of every loader without a cast.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface AppLoadContext extends AppContext {}
}
