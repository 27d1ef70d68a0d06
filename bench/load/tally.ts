/** What an answer had to wait for: a password's hash, or nothing but this process. */
export type Kind = 'hashing' | 'other';

/** One request. */
export interface Seen {
  readonly kind: Kind;
  /** `refused`: 503 with `Retry-After`. `broken`: neither that nor an answer to go on with. */
  readonly end: 'answered' | 'refused' | 'broken';
  /** When somebody wanted it, by `performance.now()`. */
  readonly wanted: number;
  /** From then until the whole answer was there, in milliseconds. */
  readonly took: number;
}

/** What was seen of requests. */
export class Tally {
  readonly seen: Seen[] = [];
  /** What broke, in words, and how often. */
  readonly broken = new Map<string, number>();

  note(seen: Seen): void {
    this.seen.push(seen);
  }

  broke(what: string): void {
    this.broken.set(what, (this.broken.get(what) ?? 0) + 1);
  }

  /** How long the good answers of a kind took, in milliseconds. */
  took(kind: Kind): readonly number[] {
    const good = this.seen.filter((one) => one.end === 'answered' && one.kind === kind);
    return good.map(({ took }) => took);
  }

  /** How long those waited who were refused, in milliseconds. */
  get refusedAfter(): readonly number[] {
    return this.seen.filter(({ end }) => end === 'refused').map(({ took }) => took);
  }
}

/** The value that this share of them does not exceed; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
