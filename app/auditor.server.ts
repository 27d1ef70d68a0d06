import { json } from '@remix-run/node';
import { mayAudit } from '../domain/account/may-audit.ts';
import type { Limited } from '../commands/outcome.ts';
import type { RecordedLook } from '../commands/look-at-account.ts';
import type { RecordedView } from '../commands/view-newest-events.ts';
import type { AppContext } from './context.ts';
import { requireSignedIn, type Asker } from './signed-in.server.ts';

/**
 * Somebody who holds the auditor's role at this moment, as their own stream says. For anybody else there is nothing at
 * the address (H12). Throws Unavailable: while the log is away nobody can be asked, and nobody audits.
 */
export async function requireAuditor(context: AppContext, request: Request): Promise<Asker> {
  const asker = await requireSignedIn(context, request);
  if (mayAudit(asker.account)) return asker;
  throw nothingHere();
}

/** The look at one account that the edge wrote down. Without it nothing is shown: 404, 429, or the fault itself. */
export function requireLook({ look, requestId }: AppContext): RecordedLook {
  if (look?.of === 'nothing') throw look.fault;
  if (look?.of !== 'account') throw nothingHere();
  const { answer } = look;
  if (answer.ok) return answer;
  throw answer.why === 'limited' ? tooMany(requestId, answer) : nothingHere();
}

/** The same for the newest events of all accounts. */
export function requireView({ look }: AppContext): RecordedView {
  if (look?.of === 'nothing') throw look.fault;
  if (look?.of !== 'newest' || !look.answer.ok) throw nothingHere();
  return look.answer;
}

export const nothingHere = () => new Response(null, { status: 404 });

const tooMany = (requestId: string, { retryAfterSeconds }: Limited) =>
  json(
    { requestId, retryAfterSeconds },
    { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } },
  );
