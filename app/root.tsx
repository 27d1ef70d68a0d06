import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Viewer } from '../commands/guard.ts';
import { mayAudit } from '../domain/account/may-audit.ts';
import { PageFrame } from './components/page-frame.tsx';
import { frameText } from './components/frame-text.ts';
import type { AppContext } from './context.ts';
import { readErrorData } from './error-data.ts';
import { flashMessage } from './flash-words.ts';
import { lookLinks } from './look/look-links.ts';
import { themeAttributes } from './look/theme.ts';
import { useNonce } from './nonce.ts';
import { pageTitle } from './page-title.ts';
import { errorWords } from './pages/error-text.ts';
import { errorKindOf, ErrorPage } from './pages/error-page.tsx';
import { personOf } from './person.server.ts';

export const links: LinksFunction = lookLinks;

/** Pages have titles of their own; this one is for errors. */
export const meta: MetaFunction = ({ error }) =>
  pageTitle(error === undefined ? frameText.product : errorTitle(error));

const errorTitle = (error: unknown): string =>
  errorWords[errorKindOf(isRouteErrorResponse(error) ? error.status : 500)].title;

/** What the frame round every page shows. */
export async function loader({ context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  return {
    person: viewer ? await shownPerson(context, viewer) : null,
    csrf: await context.csrf.token(),
    theme: context.cookies.theme.read(),
    flash: flashMessage(context.cookies.flash.take()),
    requestId: context.requestId,
    banner: await bannerOf(context, viewer !== undefined),
  };
}

async function shownPerson(context: AppContext, viewer: Viewer) {
  const { name, username } = await personOf(context, viewer);
  return { name, username, audits: mayAudit(viewer.account) };
}

/** After the person was looked for: by then it is known whether the log answers. */
async function bannerOf({ services }: LoaderFunctionArgs['context'], signedIn: boolean) {
  const away = services.away();
  if (away && signedIn) return frameText.asOf(away.asOf?.toISOString());
  return (await services.canSave()) ? undefined : frameText.cannotSave;
}

const useRootData = () => useRouteLoaderData<typeof loader>('root');

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useNonce();
  const theme = useRootData()?.theme ?? 'system';
  return (
    <html lang="en" {...themeAttributes(theme)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* Vite reads it when it loads a page's scripts ahead. */}
        <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/** The frame, where the root's own data is there; a page without it otherwise. */
function Framed({ children }: { readonly children: ReactNode }) {
  const data = useRootData();
  const { pathname, search } = useLocation();
  if (!data) return <main className="mx-auto w-full max-w-page px-2 py-5">{children}</main>;
  // The address of a way back holds a code, and is no page to come back to (O7).
  const path = pathname.startsWith('/auth/') ? '/' : pathname + search;
  return <PageFrame shell={{ ...data, path }}>{children}</PageFrame>;
}

export default function Root() {
  return (
    <Framed>
      <Outlet />
    </Framed>
  );
}

/** Remix's own boundary prints a script without a nonce; this one says what happened, what is safe, what to do. */
export function ErrorBoundary() {
  const error = useRouteError();
  const answered = isRouteErrorResponse(error);
  const known = readErrorData(answered ? error.data : undefined);
  const requestId = useRootData()?.requestId;
  return (
    <Framed>
      <ErrorPage
        kind={errorKindOf(answered ? error.status : 500)}
        requestId={requestId}
        {...known}
      />
    </Framed>
  );
}
