import { at, isDeleted, owns, replaced } from './folds.ts';
import type { Rule } from './rules.ts';
import type { AccountStream, Attempt, Model, Process, State, Task } from './world.ts';

/** One process about to move. */
export interface Turn {
  readonly model: Model;
  readonly state: State;
  readonly who: number;
  readonly me: Process;
  readonly task: Task;
  readonly attempt: Attempt;
}

/** One thing that can happen. `acked`: a process told its person that the wish of this task is true. */
export interface Step {
  readonly text: string;
  readonly next: State;
  readonly acked?: { readonly task: Task; readonly attempt: Attempt };
}

export const keeps = ({ model }: Turn, rule: Rule) => !model.without.has(rule);

export const accountName = (account: number) => String.fromCharCode(65 + account);
export const keyName = (key: number) => `k${key}`;

export function turnOf(model: Model, state: State, who: number): Turn {
  const me = at(state.processes, who);
  const actor = at(model.scenario.actors, who);
  const task = at(actor.tasks, me.task);
  const shared = model.without.has('one-executor') ? actor.attemptsOf : undefined;
  return { model, state, who, me, task, attempt: `${shared ?? actor.name}${me.serial}` };
}

/** Is what the task asks for so already? */
export function wishIsTrue(task: Task, stream: AccountStream): boolean {
  if (task.kind === 'delete') return isDeleted(stream);
  if (task.kind !== 'change') return false;
  const { gains, drops } = task;
  if (gains.length + drops.length === 0) return false;
  return gains.every((key) => owns(stream, key)) && !drops.some((key) => owns(stream, key));
}

/** A stream as it stands and as it stood before, the newest first. */
export const earlier = <Event>(stream: readonly Event[]): readonly (readonly Event[])[] =>
  [stream.length, ...[...stream.keys()].reverse()].map((length) => stream.slice(0, length));

/** A read: of the stream as it stands, and where a replica may answer, of every earlier state of it too. */
export function reading<Event>(
  { model }: Turn,
  stream: readonly Event[],
  then: (view: readonly Event[]) => readonly Step[],
): readonly Step[] {
  return model.scenario.lagging ? earlier(stream).flatMap(then) : then(stream);
}

/** The process goes on as `me`. */
export function become({ model, state, who, attempt }: Turn, me: Process, text: string): Step {
  const next = { ...state, processes: replaced(state.processes, who, me) };
  const { name } = at(model.scenario.actors, who);
  const teller = attempt.startsWith(name) ? attempt : `${name} as ${attempt}`;
  return { text: `${teller} ${text}`, next };
}

/** The process goes on as `me` and tells its person that the wish is true. */
export function acknowledge(turn: Turn, me: Process, text: string): Step {
  const { task, attempt } = turn;
  return { ...become(turn, me, `${text}, and says so`), acked: { task, attempt } };
}
