import { z } from 'zod';
import type { EmbeddedLogParts } from '../commands/opened-log.ts';
import { bad, good, type Examination } from './finding.ts';

const answer = z.coerce.string();

/** What only a log in a file of our own can be asked. */
export const examineEmbeddedLog = ({ sqlite }: EmbeddedLogParts): readonly Examination[] => {
  const pragma = (name: string): string =>
    answer.parse(Object.values(sqlite.db.get(`PRAGMA ${name}`) ?? {})[0]);
  return [
    async () => {
      const writable = await sqlite.writable();
      return writable.writable ? good('writing', 'possible') : bad('writing', writable.message);
    },
    async () => {
      const [journal, synchronous] = [pragma('journal_mode'), pragma('synchronous')];
      const told = `journal_mode=${journal}, synchronous=${synchronous}`;
      const durable = journal === 'wal' && synchronous === '2';
      return durable ? good('pragmas', told) : bad('pragmas', told);
    },
    async () => {
      const found = pragma('integrity_check(1)');
      return found === 'ok' ? good('file', 'structure is whole') : bad('file', found);
    },
  ];
};
