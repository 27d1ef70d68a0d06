import type { LoaderFunctionArgs } from '@remix-run/node';
import { accountStream } from '../../domain/streams.ts';
import { revisionOf } from '../../commands/load-account.ts';
import { liveFeed } from '../live-feed.server.ts';

/** A HEAD would hold a feed open that nobody reads. */
export const handle = { methods: ['GET'] };

/** "revision N", each time the account's own stream grows, for as long as the session lives (H14). */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const guarded = await context.session();
  const token = context.cookies.session.read();
  // The one answer after which a browser asks no more, and tells nobody of an error. A closing session follows nothing.
  if (!guarded || guarded.session.closing || token === undefined)
    return new Response(null, { status: 204 });
  const { services } = context;
  const { sessionId, accountId } = guarded.session;
  const own = accountStream(accountId);
  return liveFeed({
    ...services,
    sessionId,
    gone: request.signal,
    concerns: (stream) => stream === own,
    look: async () => {
      const now = await services.guard(token);
      return now?.session.sessionId === sessionId ? revisionOf(now.loaded) : undefined;
    },
  });
}
