import { PassThrough } from 'node:stream';
import {
  createReadableStreamFromReadable,
  type HandleDocumentRequestFunction,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { renderToPipeableStream } from 'react-dom/server';

const RENDER_MS = 5_000;

/** What Remix's own entry does for a browser; that one would want one more package, to tell robots apart. */
export default function handleRequest(
  ...[request, status, headers, page]: Parameters<HandleDocumentRequestFunction>
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={page} url={request.url} abortDelay={RENDER_MS} />,
      {
        onShellReady() {
          const body = new PassThrough();
          headers.set('Content-Type', 'text/html');
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError: reject,
      },
    );
    setTimeout(abort, RENDER_MS);
  });
}
