import type { ReactNode } from 'react';
import type { Theme } from '../look/theme.ts';
import { Flash, type FlashMessage } from './flash.tsx';
import { frameText } from './frame-text.ts';
import { Mark } from './mark.tsx';
import { Notice } from './notice.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** What every page needs besides its own props. */
export interface Shell {
  /** Who is signed in, if anybody. */
  readonly person: {
    readonly name: string;
    readonly username: string;
    /** Holds the auditor's role: the way to its pages stands in the header for nobody else. */
    readonly audits?: boolean;
  } | null;
  readonly csrf: string;
  readonly theme: Theme;
  /** Path and query of this page: where the theme switch comes back to. */
  readonly path: string;
  readonly flash?: FlashMessage | undefined;
  /** A standing word above every page, such as "nothing can be saved at the moment". */
  readonly banner?: string | undefined;
}

const linkClass =
  'inline-flex min-h-6 items-center whitespace-nowrap rounded-corner px-1 font-medium hover:underline hover:underline-offset-4 aria-[current=page]:underline aria-[current=page]:decoration-brass aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8';

const NavLink = ({ to, path, children }: { to: string; path: string; children: string }) => (
  <a href={to} aria-current={path.split('?')[0] === to ? 'page' : undefined} className={linkClass}>
    {children}
  </a>
);

const SignedInNav = ({ shell }: { readonly shell: Shell }) => (
  <>
    {shell.person?.audits && (
      <NavLink to="/audit" path={shell.path}>
        {frameText.audit}
      </NavLink>
    )}
    <NavLink to="/settings" path={shell.path}>
      {frameText.settings}
    </NavLink>
    <form method="post" action="/logout">
      <input type="hidden" name="csrf" value={shell.csrf} />
      <button type="submit" className={linkClass}>
        {frameText.signOut}
      </button>
    </form>
  </>
);

const Header = ({ shell }: { readonly shell: Shell }) => (
  <header className="border-b border-line bg-surface print:hidden">
    <div className="mx-auto flex max-w-page items-center gap-1 px-1 py-1 mid:px-3">
      <a
        href="/"
        aria-label={frameText.home}
        className="inline-flex min-h-6 items-center gap-1 rounded-corner px-1 font-semibold tracking-tight mid:text-lead"
      >
        <Mark className="size-4 text-brass" />
        <span className="whitespace-nowrap max-[22rem]:sr-only">{frameText.product}</span>
      </a>
      <nav aria-label={frameText.navigation} className="ms-auto flex min-w-0 items-center">
        {shell.person ? (
          <SignedInNav shell={shell} />
        ) : (
          <>
            <NavLink to="/login" path={shell.path}>
              {frameText.signIn}
            </NavLink>
            <NavLink to="/register" path={shell.path}>
              {frameText.register}
            </NavLink>
          </>
        )}
      </nav>
    </div>
  </header>
);

const Footer = ({ shell }: { readonly shell: Shell }) => (
  <footer className="mt-auto border-t border-line print:hidden">
    <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-4 px-2 py-1 mid:px-4">
      <p className="py-1 text-small text-ink-soft">{frameText.footer}</p>
      <ThemeSwitch theme={shell.theme} csrf={shell.csrf} redirectTo={shell.path} />
    </div>
  </footer>
);

/** The frame round every page: skip link, header, what the last request did, the page, footer. */
export const PageFrame = ({ shell, children }: { shell: Shell; children: ReactNode }) => (
  <div className="flex min-h-dvh flex-col">
    <a
      href="#main"
      className="sr-only rounded-corner bg-surface px-2 py-1.5 focus:not-sr-only focus:absolute focus:start-1 focus:top-1"
    >
      {frameText.skip}
    </a>
    <Header shell={shell} />
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-page px-2 pt-3 pb-8 mid:px-4 mid:pt-5"
    >
      {shell.banner && (
        <div className="mb-3">
          <Notice tone="warning">
            <p>{shell.banner}</p>
          </Notice>
        </div>
      )}
      {shell.flash && <Flash message={shell.flash} />}
      {children}
    </main>
    <Footer shell={shell} />
  </div>
);
