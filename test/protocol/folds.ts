import type { AccountStream, Attempt, ClaimEvent, ClaimStream, Hold, KeyNo } from './world.ts';

/** What the account owns now, and through which attempt. */
export function owned(stream: AccountStream): readonly Hold[] {
  let holds: readonly Hold[] = [];
  for (const event of stream) {
    if (event.type === 'Deleted') return [];
    if (event.type === 'Fenced') continue;
    const { gains, drops, by } = event;
    const kept = holds.filter(({ key }) => !drops.includes(key) && !gains.includes(key));
    holds = [...kept, ...gains.map((key) => ({ key, attempt: by }))];
  }
  return holds;
}

export const owns = (stream: AccountStream, key: KeyNo) =>
  owned(stream).some((hold) => hold.key === key);

export const isDeleted = (stream: AccountStream) =>
  stream.some((event) => event.type === 'Deleted');

export const isFenced = (stream: AccountStream, attempt: Attempt) =>
  stream.some((event) => event.type === 'Fenced' && event.attempt === attempt);

export const isCommitted = (stream: AccountStream, attempt: Attempt) =>
  stream.some((event) => event.type !== 'Fenced' && event.by === attempt);

export type Verdict = 'held' | 'stale' | 'dead' | 'undecided';

/** The design's table: what a claim by `attempt` is worth, by what its account's stream says. */
export function verdict(stream: AccountStream, hold: Hold, owning = stream): Verdict {
  if (owns(owning, hold.key)) return 'held';
  if (isCommitted(stream, hold.attempt) || isDeleted(stream)) return 'stale';
  return isFenced(stream, hold.attempt) ? 'dead' : 'undecided';
}

/** The claim that stands, if any. */
export function standing(stream: ClaimStream): Extract<ClaimEvent, { type: 'Claimed' }> | null {
  const last = stream.at(-1);
  return last?.type === 'Claimed' ? last : null;
}

/** One item of a list that the model's own construction put there. */
export function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`the model has nothing at ${index}`);
  return item;
}

export const replaced = <Item>(list: readonly Item[], index: number, item: Item) =>
  list.map((old, i) => (i === index ? item : old));
