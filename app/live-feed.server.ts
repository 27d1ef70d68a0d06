import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountChanges } from '../projections/account-changes.ts';
import { codeOf } from './fault-answer.ts';
import type { Feeds } from './server/feeds.ts';

/** How long a feed is quiet at most, and how old the last look at its session may be, in milliseconds (H14). */
export const HEARTBEAT_MS = 15_000;

/** After this a browser whose feed ended asks again, in milliseconds. */
const RETRY_MS = 3_000;

/** Events that come together are told once, in milliseconds. */
const GATHER_MS = 50;

export interface LiveFeed {
  readonly feeds: Feeds;
  readonly changes: AccountChanges;
  readonly sessionId: string;
  /** Of the request: aborts when the browser is gone. */
  readonly gone: AbortSignal;
  /** Whether a stream that grew is worth a look. */
  readonly concerns: (stream: string) => boolean;
  /** Asks everything again that the reader must be, then answers the revision to tell; undefined ends the feed. */
  readonly look: () => Promise<number | bigint | undefined>;
  readonly heartbeatMs?: number;
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Compression would hold frames back until it has enough of them.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/**
 * Server-sent events that say "revision N" and nothing else: the page then asks for what it shows under its own guard.
 * 429 where the session holds too many. Ends with the session, the account, the browser and the process.
 */
export function liveFeed(feed: LiveFeed): Response {
  const giveBack = feed.feeds.take(feed.sessionId);
  if (!giveBack) return new Response(null, { status: 429, headers: { 'Retry-After': '30' } });
  const over = AbortSignal.any([feed.gone, feed.feeds.stopping]);
  over.addEventListener('abort', giveBack);
  const encoder = new TextEncoder();
  const frames = framesOf(feed, over, giveBack);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await frames.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void frames.return(undefined),
  });
  return new Response(body, { headers });
}

async function* framesOf(
  feed: LiveFeed,
  over: AbortSignal,
  giveBack: () => void,
): AsyncGenerator<string, undefined> {
  const { changes, concerns, heartbeatMs = HEARTBEAT_MS } = feed;
  const bell = new Bell(over);
  const unwatch = changes.watch((stream) => {
    if (stream === undefined || concerns(stream)) bell.ring();
  });
  try {
    yield `retry: ${RETRY_MS}\n\n`;
    let told: number | bigint | undefined;
    for (;;) {
      const seen = await lookAgain(feed);
      if (over.aborted || seen === undefined) return undefined;
      // A comment shows proxies and dead connections that somebody is here.
      yield seen === told || seen === 'away' ? ':\n\n' : `data: revision ${seen}\n\n`;
      if (seen !== 'away') told = seen;
      await bell.rung(heartbeatMs);
    }
  } finally {
    unwatch();
    giveBack();
  }
}

/** While nobody can say whether the session still lives, nothing is told and nothing ends. */
async function lookAgain({ look }: LiveFeed) {
  try {
    return await look();
  } catch (error) {
    if (codeOf(error) === 'unavailable') return 'away';
    throw error;
  }
}

/** Wakes one who waits: at once if it was rung meanwhile. */
class Bell {
  readonly #over: AbortSignal;
  #wasRung = false;
  #wake: () => void = () => undefined;

  constructor(over: AbortSignal) {
    this.#over = over;
  }

  ring(): void {
    this.#wasRung = true;
    this.#wake();
  }

  /** Resolves when it is rung, after `longestMs`, or when all is over. */
  async rung(longestMs: number): Promise<void> {
    if (!this.#wasRung && !this.#over.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wake = () => resolve();
      const timer = setTimeout(wake, longestMs);
      this.#wake = wake;
      this.#over.addEventListener('abort', wake);
      await promise;
      clearTimeout(timer);
      this.#over.removeEventListener('abort', wake);
    }
    if (this.#wasRung) await sleep(GATHER_MS);
    this.#wasRung = false;
  }
}
