import { openLatchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment } from '../../config/environment.ts';
import { brokenInvariants } from '../support/account-invariants.ts';

/** Every broken sentence (I1–I7) about the files that a server left. */
export async function brokenInvariantsIn(dataDir: string): Promise<string[]> {
  const reports: unknown[] = [];
  const latchkey = await openLatchkey(readEnvironment({ DATA_DIR: dataDir }), {
    report: (event) => reports.push(event),
  });
  try {
    return [
      ...(await brokenInvariants(latchkey)),
      ...reports.map((event) => JSON.stringify(event)),
    ];
  } finally {
    await latchkey.close();
  }
}
