import { setTimeout as sleep } from 'node:timers/promises';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { newestAccountPosition } from '../../commands/newest-events.ts';
import { mayAudit } from '../../domain/account/may-audit.ts';
import type { Services } from '../server/services.ts';
import { liveFeed } from '../live-feed.server.ts';

/** A HEAD would hold a feed open that nobody reads. */
export const handle = { methods: ['GET'] };

/** All accounts together may change many times a second; a page that follows asks for itself once. */
const atMostEveryMs = 1_000;
const takenWithinMs = 1_000;
const lookAgainMs = 25;

/**
 * "revision N", the position of the newest event of any account, for as long as session and role last: both are asked
 * before each frame (H14). The page then asks for what it shows, and that is written down (H12).
 */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const guarded = await context.session();
  const token = context.cookies.session.read();
  if (!guarded || token === undefined || !mayAudit(guarded.account)) {
    return new Response(null, { status: 204 });
  }
  const { services } = context;
  const { sessionId } = guarded.session;
  let lookedAt = -Infinity;
  return liveFeed({
    ...services,
    sessionId,
    gone: request.signal,
    concerns: () => true,
    look: async () => {
      await sleep(Math.max(0, lookedAt + atMostEveryMs - performance.now()));
      await takenByThisMachine(services);
      lookedAt = performance.now();
      const now = await services.guard(token);
      if (now?.session.sessionId !== sessionId || !mayAudit(now.account)) return undefined;
      return newestAccountPosition(services);
    },
  });
}

/** A page reads what this machine has taken of a log elsewhere, a moment behind; waits for it, but not long. */
async function takenByThisMachine({ deps, condition }: Services): Promise<void> {
  const newest = await deps.store.head();
  const until = performance.now() + takenWithinMs;
  while (condition().position < newest && performance.now() < until) await sleep(lookAgainMs);
}
