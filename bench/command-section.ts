import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAccountCommands, type AccountCommands } from './account-commands.ts';
import { openBareLog, type BareLog } from './bare-log.ts';
import { benchFolder, startBenchProcess } from './bench-process.ts';
import type { Bench } from './bench.ts';
import type { Figure, RateFigure, Section } from './figures.ts';
import { beside, here, type Contest } from './measure.ts';
import { installPeers, startPeer, type Peer } from './peer.ts';
import { prepareVerbs } from './verbs.ts';

/** What a row says, and what is measured for it. */
interface Row {
  readonly says: Pick<RateFigure, 'work' | 'cost' | 'limit' | 'shown' | 'aim'>;
  readonly contest: Omit<Contest, 'runs'>;
}

/**
 * One command and one fold of an account: beside the same rows in plain SQL, beside itself many at once, and beside
 * Emmett with as many accounts in its own SQLite file.
 */
export async function measureCommands(bench: Bench): Promise<Section> {
  installPeers();
  const folder = benchFolder();
  const emmett = await startPeer('emmett.js', folder, String(bench.people));
  const latchkey = await startBenchProcess();
  const { members } = await prepareVerbs(latchkey, bench.people);
  const ours = await prepareAccountCommands(latchkey, members);
  const bare = await openBareLog(join(latchkey.dataDir, 'log.db'), ours.accountIds);
  const rows = [
    ...commandRows(bench, { ours, bare, emmett }),
    ...foldRows(bench, { ours, bare, emmett }),
  ];
  const figures: Figure[] = [];
  for (const row of rows) {
    const { work, limit } = row.says;
    const name = `${work}, ${row.contest.load.width} at once, beside ${limit}`;
    figures.push(await bench.row(name, () => measured(row, ours, bench.runs)));
  }
  await latchkey.close();
  bare.close();
  emmett.stop();
  rmSync(folder, { recursive: true, force: true });
  const versions = `SQLite ${process.versions['sqlite'] ?? ''}, Emmett 0.38.5`;
  return { name: 'commands', versions, figures };
}

async function measured(
  { says, contest }: Row,
  { checkNoneLost }: AccountCommands,
  runs: number,
): Promise<Figure> {
  const all = await beside({ ...contest, runs });
  await checkNoneLost();
  return { ...says, load: String(contest.load.width), measured: all, units: 1 };
}

interface Contestants {
  readonly ours: AccountCommands;
  readonly bare: BareLog;
  readonly emmett: Peer;
}

const inSql = { limit: 'the same rows in plain SQL', shown: 'share' } as const;
const emmetts = { limit: "Emmett's own", shown: 'times' } as const;

function commandRows({ serial }: Bench, { ours, bare, emmett }: Contestants): Row[] {
  const cost = '1 event, 1 account row, 1 checkpoint, 1 commit';
  const role = { work: 'changeRole', cost };
  const one = { work: here(ours.changeRole), load: serial };
  const [sql, its] = [here(bare.command), emmett.pacer('command')];
  const many = { width: 20, count: 5 * serial.count };
  return [
    { says: { ...role, ...inSql, aim: 0.75 }, contest: { ...one, limit: sql } },
    { says: { ...role, ...emmetts, aim: 12 }, contest: { ...one, limit: its } },
    {
      says: { ...role, limit: 'one at a time', shown: 'times', aim: 2 },
      contest: { ...one, load: many, limit: one.work, limitLoad: serial },
    },
    {
      says: { ...inSql, work: 'changeName', cost: `${cost}; session asked, seals opened and made` },
      contest: { work: here(ours.changeName), load: serial, limit: sql },
    },
  ];
}

function foldRows({ quick }: Bench, { ours, bare, emmett }: Contestants): Row[] {
  const fold = { work: 'fold', cost: '20 events' };
  const one = { work: here(ours.fold), load: { width: 1, count: quick ? 500 : 2_000 } };
  const read = here(bare.read(ours.longAccount));
  return [
    { says: { ...fold, ...inSql, aim: 0.65 }, contest: { ...one, limit: read } },
    { says: { ...fold, ...emmetts, aim: 5 }, contest: { ...one, limit: emmett.pacer('fold') } },
  ];
}
