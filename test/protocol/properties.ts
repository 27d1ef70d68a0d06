import { at, isCommitted, owned, owns, standing } from './folds.ts';
import { wishIsTrue } from './turn.ts';
import type { Step } from './turn.ts';
import type { State } from './world.ts';

/** What must hold in every state and at every step. */
export const properties = {
  S1: 'at most one account owns a key',
  S2: 'an acknowledged success is true',
  S3: 'no key is locked for ever',
  S4: 'a held claim is neither released nor taken',
  S5: 'what a committed attempt put into the vault is there',
  S6: 'who owns a key holds its claim',
} as const;

export type Property = keyof typeof properties;

/** What one state breaks, S3 aside. */
export function brokenInState({ accounts, claims, wiped }: State): readonly Property[] {
  const broken: Property[] = [];
  const holds = accounts.flatMap(owned);
  for (const [key, stream] of claims.entries()) {
    const owners = holds.filter((hold) => hold.key === key);
    if (owners.length > 1) broken.push('S1');
    const claim = standing(stream);
    if (owners.some(({ attempt }) => claim?.by !== attempt)) broken.push('S6');
  }
  const isLost = wiped.some((attempt) => accounts.some((stream) => isCommitted(stream, attempt)));
  return isLost ? [...broken, 'S5'] : broken;
}

/** What one step breaks: a false acknowledgement, or a claim taken out of its owner's hands. */
export function brokenByStep(before: State, { next, acked }: Step): readonly Property[] {
  const broken: Property[] = [];
  if (acked && 'account' in acked.task) {
    const stream = at(next.accounts, acked.task.account);
    const isTrue = isCommitted(stream, acked.attempt) || wishIsTrue(acked.task, stream);
    if (!isTrue) broken.push('S2');
  }
  for (const [key, stream] of before.claims.entries()) {
    if (at(next.claims, key) === stream) continue;
    const claimed = standing(stream);
    if (claimed && owns(at(before.accounts, claimed.account), key)) broken.push('S4');
  }
  return broken;
}
