import { RemixBrowser } from '@remix-run/react';
import { startTransition, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';

/**
 * Remix decodes what the server sent at its first render, and suspends meanwhile, with no boundary above it. A key or a
 * click in that moment makes React finish at once what cannot be finished (its error 345). So the decoding is begun and
 * waited for before React has the page: asked outside of a render, Remix throws the promise that it would suspend on.
 */
async function decoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (decoding) {
    await decoding;
  }
}

await decoded();
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
