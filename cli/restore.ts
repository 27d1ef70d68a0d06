import { restoreBackup, type Restored } from '../commands/restore-backup.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/** Puts a backup back, and says what came back with it. */
export async function restore({ argument: directory, environment }: Call): Promise<VerbAnswer> {
  const report = ({ what, error }: { what: string; error?: unknown }) =>
    console.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  const restored = await restoreBackup({ environment, directory, options: { report } }).catch(
    (error: unknown) => {
      const isBad = error instanceof Error && 'code' in error && error.code === 'bad-backup';
      throw isBad ? new BadCall(error.message) : error;
    },
  );
  return { text: linesOf(restored).join('\n'), json: restored };
}

function linesOf(restored: Restored): readonly string[] {
  const { manifest, sessionsEnded, erasedAgain, waysBack, eventsLost, setAside } = restored;
  return [
    `restored as of ${manifest.at}`,
    eventsLost === null
      ? 'the log that was replaced cannot be read: nobody knows what it held beyond'
      : `${eventsLost} events of the replaced log are not in it`,
    `${sessionsEnded} sessions ended; handshakes, recovery links and tokens are void`,
    `${erasedAgain.length} erased accounts had come back and were erased again`,
    ...waysLines(waysBack),
    `what was there is in ${setAside}: it holds keys, so delete it once you do not need it`,
  ];
}

function waysLines(waysBack: Restored['waysBack']): readonly string[] {
  if (waysBack === null) return ['which ways in came back cannot be told; tell your people'];
  if (waysBack.length === 0) return ['no way in came back that had been taken away'];
  return [
    'ways in that had been taken away and open again:',
    ...waysBack.map(({ accountId, way }) => `  ${accountId}  ${way}`),
  ];
}
