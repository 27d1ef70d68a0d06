import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';

/** A feed that was refused is asked for again after this long, in milliseconds. */
const askAgainMs = 30_000;

interface Listener {
  readonly opened: (live: boolean) => void;
  readonly told: (line: string) => void;
  /** There is nothing here for this browser any more, or not now. */
  readonly refused: () => void;
}

/** Follows a feed while the page can be seen; answers how to stop. */
function follow(feed: string, { opened, told, refused }: Listener): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  const close = () => {
    window.clearTimeout(timer);
    source?.close();
    opened(false);
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const asked = new EventSource(feed);
    source = asked;
    asked.onopen = () => opened(true);
    asked.onmessage = ({ data }) => told(String(data));
    asked.onerror = () => {
      opened(false);
      // The browser asks again by itself, unless it was refused.
      if (asked.readyState !== EventSource.CLOSED) return;
      refused();
      timer = window.setTimeout(open, askAgainMs);
    };
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}

/**
 * Asks for the page's data again when the feed tells a revision that is not the one shown, and when it is refused: the
 * page then says why. Answers whether the feed is open.
 */
export function useLive(feed: string, shown: number | string): boolean {
  const { revalidate } = useRevalidator();
  const [live, setLive] = useState(false);
  const latest = useRef({ shown, revalidate });
  useEffect(() => {
    latest.current = { shown, revalidate };
  });
  useEffect(
    () =>
      follow(feed, {
        opened: setLive,
        told: (line) => {
          if (line !== `revision ${latest.current.shown}`) latest.current.revalidate();
        },
        refused: () => latest.current.revalidate(),
      }),
    [feed],
  );
  return live;
}
