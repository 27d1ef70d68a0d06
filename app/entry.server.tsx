import type {
  AppLoadContext,
  EntryContext,
  HandleDocumentRequestFunction,
  HandleErrorFunction,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceContext } from './nonce.ts';
import { wholePage } from './whole-page.server.ts';

/** How long a page may take to render, in milliseconds. */
const RENDER_MS = 5_000;

/** Renders a page whole before its status goes out: no page waits for late data, and a fault can still be a 500. */
export default async function handleRequest(
  ...[request, status, headers, page, context]: Parameters<HandleDocumentRequestFunction>
): Promise<Response> {
  const { html, failed } = await render(request, page, context);
  headers.set('Content-Type', 'text/html; charset=utf-8');
  // By its length the edge knows that it has the page whole.
  headers.set('Content-Length', String(html.length));
  return new Response(html, { headers, status: failed ? 500 : status });
}

/** Faults that a loader or action did not answer, and those of rendering. What a page threw on purpose is none. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (!request.signal.aborted && !isRouteErrorResponse(error)) context.report(error);
};

function render(
  request: Request,
  page: EntryContext,
  { nonce, report }: AppLoadContext,
): Promise<{ html: Uint8Array<ArrayBuffer>; failed: boolean }> {
  return new Promise((resolve, reject) => {
    let shellStands = false;
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={page} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        onShellReady: () => {
          shellStands = true;
        },
        onAllReady: () => {
          clearTimeout(timer);
          resolve(wholePage(pipe).then((html) => ({ html, failed })));
        },
        onShellError: reject,
        onError: (error) => {
          // Before the shell stands, Remix hears of it by the rejection and renders our error page.
          failed = shellStands;
          if (shellStands && !request.signal.aborted) report(error);
        },
      },
    );
    const timer = setTimeout(abort, RENDER_MS);
  });
}
