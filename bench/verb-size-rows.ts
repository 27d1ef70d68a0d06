import type { Bench } from './bench.ts';
import type { CrowdSize } from './crowd.ts';
import { crowdVerbs, openCrowdVerbs, type CrowdProcess, type CrowdVerb } from './crowd-verbs.ts';
import type { Crowds } from './crowds.ts';
import type { AmountFigure } from './figures.ts';
import { median, paceOf, type Load, type Work } from './measure.ts';

/** Times as far from plain SQL as where there are few accounts. */
const aim = 1.1;

interface Sizes {
  readonly few: CrowdSize;
  readonly many: CrowdSize;
}

export interface VerbRows {
  readonly rows: Readonly<Record<string, () => Promise<AmountFigure>>>;
  readonly close: () => Promise<void>;
}

/** Each verb beside the plain SQL of its rows among few accounts and among many, all four in turn. */
export function verbRows(bench: Bench, crowds: Crowds, { few, many }: Sizes): VerbRows {
  let opening: Promise<readonly CrowdProcess[]> | undefined;
  const open = () => Promise.all([few, many].map((size) => openIn(crowds, size)));
  const measure = (verb: CrowdVerb) => async () => {
    // Once: what plain SQL writes into the folders is no log that could be opened again.
    const [small, large] = await (opening ??= open());
    if (!small || !large) throw new Error('two sizes are compared');
    const shares: [number, number][] = [];
    for (let run = 0; run <= bench.runs; run += 1) {
      const share: [number, number] = [
        await shareOf(small, verb, bench.serial),
        await shareOf(large, verb, bench.serial),
      ];
      if (run > 0) shares.push(share);
    }
    return figureOf(verb, { shares, few, many });
  };
  return {
    rows: Object.fromEntries(crowdVerbs.map((verb) => [`${verb}, many accounts`, measure(verb)])),
    close: async () => {
      for (const process of (await opening) ?? []) await process.close();
    },
  };
}

const openIn = async (crowds: Crowds, size: CrowdSize): Promise<CrowdProcess> =>
  openCrowdVerbs(await crowds.of(size), size.accounts);

/** Of the rate of plain SQL: half of it, the verb, the other half. */
async function shareOf({ ours, bare }: CrowdProcess, verb: CrowdVerb, load: Load) {
  const half = (work: Work) => paceOf(work, { ...load, count: Math.ceil(load.count / 2) });
  const before = await half(bare[verb]);
  const { rate } = await paceOf(ours[verb], load);
  const after = await half(bare[verb]);
  return (rate * (1 / before.rate + 1 / after.rate)) / 2;
}

function figureOf(
  verb: CrowdVerb,
  { shares, few, many }: Sizes & { readonly shares: readonly (readonly [number, number])[] },
): AmountFigure {
  const share = (which: 0 | 1) => `${Math.round(median(shares.map((of) => of[which])) * 100)} %`;
  const accounts = ({ accounts: count }: CrowdSize) => count.toLocaleString('en-US');
  return {
    work: `${verb}, from plain SQL`,
    load: '1',
    cost: `${share(1)} of its rate at ${accounts(many)} accounts, ${share(0)} at ${accounts(few)}`,
    amounts: shares.map(([small, large]) => small / large),
    unit: '×',
    aim,
  };
}
