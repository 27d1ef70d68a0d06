import { brokenByStep, brokenInState } from './properties.ts';
import type { Property } from './properties.ts';
import { lockedKey } from './rescue.ts';
import { firstState, steps } from './steps.ts';
import type { Step } from './turn.ts';
import type { Model, State } from './world.ts';

export interface Exploration {
  /** Different states reached. */
  readonly states: number;
  /** The first property found broken and a shortest way there, or null. */
  readonly broken: { readonly property: Property; readonly trace: readonly string[] } | null;
}

/** How a state was first reached: from which state, by which of its steps. */
interface Way {
  readonly from: number;
  readonly choice: number;
}

/** Every state a model can reach, breadth first, so that the way to the first violation is a shortest one. */
export function explore(model: Model, watched: readonly Property[]): Exploration {
  const named = naming();
  const brokenBy = judging(model, watched);
  const first = named(firstState(model));
  const seen = new Set([first.name]);
  const ways: Way[] = [{ from: -1, choice: 0 }];
  let visited = 0;

  /** Takes every step out of a state; adds the states that are new to `following`. */
  const visit = (from: Named, following: Named[]): Property | undefined => {
    for (const [choice, step] of steps(model, from.state).entries()) {
      const to = named(step.next, from);
      const isNew = !seen.has(to.name);
      const property = brokenBy(from.state, step, isNew ? to : undefined);
      if (isNew || property) ways.push({ from: visited, choice });
      if (property) return property;
      if (!isNew) continue;
      seen.add(to.name);
      following.push(to);
    }
    visited += 1;
    return undefined;
  };

  for (let frontier = [first]; frontier.length > 0;) {
    const following: Named[] = [];
    for (const from of frontier) {
      const property = visit(from, following);
      if (property) return { states: seen.size, broken: { property, trace: trace(model, ways) } };
    }
    frontier = following;
  }
  return { states: seen.size, broken: null };
}

/** A state, its parts, and a name that only equal states have. */
interface Named {
  readonly state: State;
  readonly parts: readonly object[];
  readonly numbers: readonly number[];
  readonly name: string;
}

/** Numbers the parts of states, equal ones alike. A step changes few: the others keep the number they had before it. */
function naming() {
  const known = new Map<string, number>();
  const number = (part: object) => {
    const text = JSON.stringify(part);
    const before = known.get(text);
    if (before !== undefined) return before;
    known.set(text, known.size);
    return known.size - 1;
  };
  return (state: State, before?: Named): Named => {
    const { claims, accounts, processes, air, wiped } = state;
    const parts = [...claims, ...accounts, ...processes, air, wiped];
    const numbers = parts.map((part, index) => {
      const same = before?.parts[index] === part ? before.numbers[index] : undefined;
      return same ?? number(part);
    });
    return { state, parts, numbers, name: numbers.join() };
  };
}

/** Which watched property a step, or the new state after it, breaks. */
function judging(model: Model, watched: readonly Property[]) {
  const { claims, accounts } = model.scenario;
  const asked = new Set<string>();
  /** S3 depends on the streams alone, so of each choice of streams it is asked once. */
  const isLocked = ({ state, numbers }: Named) => {
    const streams = numbers.slice(0, claims.length + accounts.length).join();
    if (asked.has(streams)) return false;
    asked.add(streams);
    return lockedKey(model, state) !== null;
  };
  return (before: State, step: Step, to: Named | undefined): Property | undefined => {
    const inState = to ? brokenInState(to.state) : [];
    const broken = [...brokenByStep(before, step), ...inState].find((one) => watched.includes(one));
    if (broken || !to || !watched.includes('S3')) return broken;
    return isLocked(to) ? 'S3' : undefined;
  };
}

/** Tells the way to the last state by walking it again. */
function trace(model: Model, ways: readonly Way[]): readonly string[] {
  const choices: number[] = [];
  for (let way = ways.at(-1); way && way.from >= 0; way = ways[way.from])
    choices.unshift(way.choice);
  const told: string[] = [];
  let state = firstState(model);
  for (const choice of choices) {
    const step = steps(model, state)[choice];
    if (step === undefined) throw new Error('the way cannot be walked again');
    told.push(step.text);
    state = step.next;
  }
  return told;
}
