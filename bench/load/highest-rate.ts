export interface Search {
  /** The first rate that is tried. */
  readonly from: number;
  /** How often the gap is halved once one rate was good and another was not. */
  readonly halvings: number;
  /** At most so many rates are tried. */
  readonly most: number;
}

/** The highest rate that was seen to be good; 0 where none was. Doubles until one is not, then halves the gap. */
export async function highestRate(
  { from, halvings, most }: Search,
  isGood: (rate: number) => Promise<boolean>,
): Promise<number> {
  let good = 0;
  let bad = Number.POSITIVE_INFINITY;
  let halved = 0;
  for (let tried = 0; tried < most && halved < halvings; tried += 1) {
    const known = Number.isFinite(bad) && good > 0;
    const rate = nextRate({ good, bad, from });
    if (await isGood(rate)) good = rate;
    else bad = rate;
    if (known) halved += 1;
  }
  return good;
}

function nextRate({ good, bad, from }: { good: number; bad: number; from: number }): number {
  if (good === 0) return Number.isFinite(bad) ? bad / 2 : from;
  return Number.isFinite(bad) ? (good + bad) / 2 : good * 2;
}
