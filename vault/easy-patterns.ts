/** How many characters outside of runs still leave a password easy. */
const STRAY = 3;
const SHORTEST_RUN = 3;
/** Rows of common keyboards; neighbours in a row make a run. */
const rows = ['1234567890', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Whether nearly all of a text is runs: `aaaa`, `abcd`, `9876`, `qwer`. */
export function isMostlyRuns(text: string): boolean {
  const characters = Array.from(text);
  let stray = 0;
  for (let at = 0; at < characters.length;) {
    const length = runLength(characters, at);
    if (length < SHORTEST_RUN) stray += 1;
    at += length < SHORTEST_RUN ? 1 : length;
  }
  return stray <= STRAY;
}

/** The shortest text that, repeated, gives this one; undefined where there is none. */
export function repeatedUnit(text: string): string | undefined {
  // A text lies inside its double somewhere between the ends only if it repeats.
  const at = `${text}${text}`.indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : undefined;
}

/** Length of the run that begins here, at least 1. */
function runLength(characters: readonly string[], start: number): number {
  const steps = stepsBetween(characters[start], characters[start + 1]);
  const lengths = steps.map((step) => {
    let end = start + 1;
    while (stepsBetween(characters[end - 1], characters[end]).includes(step)) end += 1;
    return end - start;
  });
  return Math.max(1, ...lengths);
}

/** The ways in which one character leads to the next: the same, up or down the alphabet, along a keyboard row. */
function stepsBetween(from: string | undefined, to: string | undefined): readonly string[] {
  if (from === undefined || to === undefined) return [];
  const steps = rows.flatMap((row) => {
    const distance =
      row.includes(from) && row.includes(to) ? row.indexOf(to) - row.indexOf(from) : 0;
    return Math.abs(distance) === 1 ? [`${row}${distance}`] : [];
  });
  const distance = (to.codePointAt(0) ?? 0) - (from.codePointAt(0) ?? 0);
  if (Math.abs(distance) <= 1) steps.push(`alphabet${distance}`);
  return steps;
}
