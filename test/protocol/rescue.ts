import { at, isDeleted, owns } from './folds.ts';
import { starting } from './onward.ts';
import { moves } from './steps.ts';
import { turnOf } from './turn.ts';
import type { Actor, AccountNo, KeyNo, Model, State } from './world.ts';

const LONGEST = 60;

/**
 * S3: everybody else dies in this state and nothing late arrives. Does somebody who comes now, with every lease
 * run out, get the key, or hear rightly that it is taken? Asked for a newcomer and for each living account.
 */
export function lockedKey(model: Model, state: State): KeyNo | null {
  const accounts = [...state.accounts, []];
  for (const key of state.claims.keys()) {
    for (const [account, stream] of accounts.entries()) {
      if (isDeleted(stream)) continue;
      if (!served({ model, state: { ...state, accounts }, key, account })) return key;
    }
  }
  return null;
}

interface Asked {
  readonly model: Model;
  readonly state: State;
  readonly key: KeyNo;
  readonly account: AccountNo;
}

function served({ model, state, key, account }: Asked): boolean {
  const task = { kind: 'change', account, gains: [key], drops: [] } as const;
  const actor: Actor = { name: 'n', tasks: [task], retries: 0 };
  const alone: Model = { ...model, scenario: { ...model.scenario, actors: [actor] } };
  const process = starting(task, { task: 0, serial: 1, retries: 0 });
  let now: State = { ...state, processes: [process], air: [] };
  for (let count = 0; count < LONGEST; count += 1) {
    const step = moves(turnOf(alone, now, 0))[0];
    if (step === undefined) return false;
    now = step.next;
    if (step.acked) return true;
    if (at(now.processes, 0).stage.at === 'end') break;
  }
  return now.accounts.some((stream, other) => other !== account && owns(stream, key));
}
