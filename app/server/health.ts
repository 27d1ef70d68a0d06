import type { Latchkey } from '../../commands/open-latchkey.ts';
import type { LookupsCondition } from '../../commands/opened-log.ts';
import { codeOf } from '../fault-answer.ts';
import type { Health } from './services.ts';

/**
 * Each part by its own name. Ready is a process that can show people their pages: also from a log that can only be
 * read, and from this machine's copy of one elsewhere that went away after it was reached (decision 0005). Lookups that
 * stand still for good would answer what is no longer so, and make the process not ready (F20). Lookups that are only
 * behind are told: nobody waits for them.
 */
export async function healthOf({ deps, log }: Latchkey): Promise<Health> {
  const reached = await wordFor(() => deps.store.head());
  const vault = await wordFor(() => deps.vault.logHeads.get());
  const condition = log.condition(deps.clock());
  const saving = await log.saving();
  const showsPages = reached === 'ok' || (reached === 'unavailable' && log.readsOn());
  const ready = showsPages && vault === 'ok' && condition.stopped === null;
  const parts = {
    log: reached,
    vault,
    lookups: lookupsWord(condition),
    saving: saving.possible ? 'ok' : saving.reason,
  };
  return { ready, parts };
}

/** Two looks at the log are a second apart: so much is no lag. */
const noticeableMs = 3_000;

function lookupsWord({ stopped, behindMs, done, driven }: LookupsCondition): string {
  if (stopped) return `stopped: ${stopped.reason}`;
  const made = done === null ? 'not whole yet' : `not whole yet, ${Math.floor(done * 100)} %`;
  const behind = behindMs === null ? made : `behind by ${Math.ceil(behindMs / 1_000)} s`;
  if (!driven) return `${behind}; no process brings them up to date`;
  return behindMs !== null && behindMs < noticeableMs ? 'ok' : behind;
}

const wordFor = (ask: () => Promise<unknown>): Promise<string> =>
  ask().then(
    () => 'ok',
    (error: unknown) => codeOf(error) ?? 'fault',
  );
