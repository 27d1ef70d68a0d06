import { RemixBrowser } from '@remix-run/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';

// Not in a transition, which works in slices: a key pressed between two of them can end React's work half done (its
// error 345), and a page of ours is taken over in a few milliseconds.
hydrateRoot(
  document,
  <StrictMode>
    <RemixBrowser />
  </StrictMode>,
);
