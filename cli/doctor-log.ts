import type { Latchkey } from '../commands/open-latchkey.ts';
import { verifyLog, type BrokenEvent } from '../eventstore/verify-log.ts';
import { compareWithFreshFold, rebuildLookups } from '../projections/rebuild.ts';
import { bad, good, some, type Examination } from './finding.ts';

/** What the log says of itself, and whether the lookups say the same (I1–I3, I6, I7). */
export const examineLog = ({ deps, log }: Latchkey): readonly Examination[] => {
  const rebuild = async () => {
    await rebuildLookups(log.rebuilding);
    return 'rebuilt from the log';
  };
  return [
    async () => {
      const noted = await deps.vault.logHeads.get();
      if (!noted) return good('noted end', 'the vault has noted none yet');
      const { stream, revision, chain } = noted;
      for await (const event of log.store.read(stream, { from: revision, max: 1 })) {
        if (event.metadata.chain === chain) {
          return good('noted end', 'what the vault noted last stands in the log (I1)');
        }
      }
      return bad('noted end', `${stream} at revision ${revision} is not what the vault noted (I1)`);
    },
    async () => {
      const { events, streams, broken } = await verifyLog(log.store);
      return broken.length > 0
        ? bad('chains', some(broken.map(brokenText)))
        : good('chains', `${events} events in ${streams} streams are consistent (I2, I3)`);
    },
    async () => {
      const { position, stopped } = log.condition(deps.clock());
      const head = await log.store.head();
      if (position > head) {
        return bad('projection', `at ${position}, past the log's ${head} (I7)`, rebuild);
      }
      return stopped
        ? bad('projection', `stopped at position ${stopped.position}: ${stopped.reason}`, rebuild)
        : good('projection', `at position ${position}, not past the log (I7)`);
    },
    async () => {
      const { equal } = await compareWithFreshFold(log.rebuilding);
      if (equal) return good('lookups', 'equal to a fresh fold (I6)');
      return bad('lookups', 'differ from a fresh fold (I6); run `latchkey rebuild`', rebuild);
    },
  ];
};

const brokenText = ({ stream, revision, breakage }: BrokenEvent): string =>
  `${stream} is broken at revision ${revision} (${breakage === 'gap' ? 'I2, a gap' : breakage})`;
