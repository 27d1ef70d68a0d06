import type { SignedIn } from './asking.ts';
import { appendAudit, newestAuditEntry } from './audit-stream.ts';
import { auditCause, mayAuditNow, noAuditor, type NoAuditor } from './auditing.ts';
import type { Deps } from './deps.ts';

/** One record speaks for what is watched during so long, in milliseconds: a page that follows asks again and again. */
const oneRecordFor = 10 * 60_000;

/** That somebody looks at the newest events of all accounts is written down. Only writing, or finding it, makes one. */
export class RecordedView {
  readonly ok = true;
  protected readonly written = true;

  private constructor() {}

  static async write(deps: Deps, asker: SignedIn): Promise<RecordedView> {
    const { accountId } = asker.session;
    const newest = await newestAuditEntry(deps.store, accountId);
    const cause = auditCause(deps, asker);
    const age = newest ? cause.at.getTime() - Date.parse(newest.at) : Infinity;
    const standing = newest?.event.type === 'NewestEventsViewed' && age >= 0 && age < oneRecordFor;
    if (!standing) {
      await appendAudit(deps, accountId, { event: { type: 'NewestEventsViewed' }, cause });
    }
    return new RecordedView();
  }
}

/** An auditor watches all accounts at once: written into their own stream before anything is shown. */
export async function viewNewestEvents(
  deps: Deps,
  asker: SignedIn,
): Promise<RecordedView | NoAuditor> {
  return (await mayAuditNow(deps, asker.session)) ? RecordedView.write(deps, asker) : noAuditor;
}
