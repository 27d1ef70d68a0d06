import type { AppContext } from './context.ts';
import type { Standing } from './pages/audit-standing.tsx';

/** Where the log ends and how far the lookups have come. Throws Unavailable. */
export async function auditStanding({ services }: AppContext): Promise<Standing> {
  const { position, behindMs, driven, stopped } = services.condition();
  return {
    newest: String(await services.deps.store.head()),
    position: String(position),
    behindMs,
    driven,
    stopped: stopped && stopped.reason,
  };
}
