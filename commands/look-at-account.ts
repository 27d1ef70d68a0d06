import type { LookKind } from '../domain/audit.ts';
import { limited, type SignedIn } from './asking.ts';
import { appendAudit } from './audit-stream.ts';
import { auditCause, mayAuditNow, noAuditor, type NoAuditor } from './auditing.ts';
import type { Deps } from './deps.ts';
import type { Limited } from './outcome.ts';

/**
 * A look that is written down: in the stream of the account looked at, where its owner reads it. Only writing makes
 * one, and nothing of another's account is read without one.
 */
export class RecordedLook {
  readonly ok = true;
  readonly accountId: string;
  /** Nobody else can make one: types are told apart by it. */
  protected readonly written = true;

  private constructor(accountId: string) {
    this.accountId = accountId;
  }

  static async write(deps: Deps, asker: SignedIn, look: Look): Promise<RecordedLook> {
    const auditorId = asker.session.accountId;
    const event = { type: 'AccountViewed', auditorId, how: look.how } as const;
    await appendAudit(deps, look.accountId, { event, cause: auditCause(deps, asker) });
    return new RecordedLook(look.accountId);
  }
}

export interface Look {
  readonly accountId: string;
  readonly how: LookKind;
}

/** There is no account of this id; that it was asked for is written down as a search. */
export interface NobodyThere {
  readonly ok: false;
  readonly why: 'nobody';
}

/**
 * An auditor looks at an account, by its id. Written down before anything of it is shown; an id of nobody counts as a
 * search of the auditor's own, so that ids are not guessed without a trace. Throws Unavailable, TryAgain: nothing may
 * be shown then.
 */
export async function lookAtAccount(
  deps: Deps,
  asker: SignedIn,
  look: Look,
): Promise<RecordedLook | NobodyThere | NoAuditor | Limited> {
  if (!(await mayAuditNow(deps, asker.session))) return noAuditor;
  const { accountId: auditorId } = asker.session;
  const spent = await limited(deps, [{ name: 'audit-look', key: auditorId }]);
  if (spent) return spent;
  const { account } = await deps.accounts.load(look.accountId);
  if (account.status !== 'absent') return RecordedLook.write(deps, asker, look);
  const event = { type: 'AuditSearched', kind: 'account', key: look.accountId } as const;
  await appendAudit(deps, auditorId, { event, cause: auditCause(deps, asker) });
  return { ok: false, why: 'nobody' };
}
