import { at } from './folds.ts';
import type { Turn } from './turn.ts';
import type { After, Hold, Process, Stage, Task } from './world.ts';

const firstStage: Record<Task['kind'], Stage> = {
  change: { at: 'decide' },
  delete: { at: 'load', first: true },
  tidy: { at: 'look' },
  sweep: { at: 'load', first: true },
};

const blank = { claimed: [], frees: [], after: 'next' } as const;

type Counts = Pick<Process, 'task' | 'serial' | 'retries'>;

/** A process at the beginning of a task, with an attempt of its own. */
export const starting = (task: Task, counts: Counts): Process => ({
  ...blank,
  ...counts,
  stage: firstStage[task.kind],
  todo: task.kind === 'tidy' ? [task.key] : [],
});

/** All ended processes look alike, so that their states fall together. */
const ended: Process = {
  ...blank,
  stage: { at: 'end' },
  task: 0,
  serial: 0,
  retries: 0,
  todo: [],
};

/** The process after it has nothing left to release. */
export function onward({ me, model, who }: Turn, after: After): Process {
  const { tasks } = at(model.scenario.actors, who);
  const { task, serial, retries } = me;
  if (after === 'load') return { ...me, frees: [], after, stage: { at: 'load', first: false } };
  if (after === 'again' && retries > 0) {
    return starting(at(tasks, task), { task, serial: serial + 1, retries: retries - 1 });
  }
  const following = after === 'next' ? tasks[task + 1] : undefined;
  if (following === undefined) return ended;
  return starting(following, { task: task + 1, serial: serial + 1, retries });
}

/** Releases these claims first, if there are any, then goes on. */
export function releasing(turn: Turn, frees: readonly Hold[], after: After): Process {
  if (frees.length === 0) return onward(turn, after);
  return { ...turn.me, stage: { at: 'find' }, todo: [], claimed: [], frees, after };
}

/** Gives back what this attempt claimed, then goes on. */
export function undoing(turn: Turn, after: After): Process {
  const { me, attempt } = turn;
  return releasing(
    turn,
    me.claimed.map((key) => ({ key, attempt })),
    after,
  );
}
