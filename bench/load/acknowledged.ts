import { findAccount } from '../../commands/find-account.ts';
import { openLatchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment } from '../../config/environment.ts';
import { runLatchkey } from '../../test/support/run-latchkey.ts';
import type { Site } from './site.ts';
import type { Guest } from './visit.ts';

/**
 * Everything that people were told is done and that the log does not hold, in words. The log is read by a second
 * process's hands, as an operator's verbs do, not by the application that said so.
 */
export async function lostIn(
  { environment }: Pick<Site, 'environment'>,
  guests: readonly Guest[],
): Promise<readonly string[]> {
  const lost: string[] = [];
  const report = () => undefined;
  const latchkey = await openLatchkey(readEnvironment(environment), { report });
  const { deps } = latchkey;
  for (const { username, acknowledged } of guests) {
    if (acknowledged.size === 0) continue;
    const found = await findAccount(deps, username);
    const entries = found ? await deps.accounts.history(found.accountId) : [];
    const stored = new Set<string>(entries.map(({ event }) => event.type));
    for (const event of acknowledged) if (!stored.has(event)) lost.push(`${event} of ${username}`);
  }
  await latchkey.close();
  return lost;
}

/** What `latchkey doctor` says where it finds that something does not hold; undefined where all does. */
export async function doctorComplains({
  environment,
}: Pick<Site, 'environment'>): Promise<string | undefined> {
  try {
    await runLatchkey(['doctor'], environment);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
