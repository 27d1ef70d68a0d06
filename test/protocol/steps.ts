import { claim, decide, look } from './acquire.ts';
import { arrived } from './append.ts';
import { commit, load } from './commit.ts';
import { at } from './folds.ts';
import { fence, judge } from './judge.ts';
import { starting } from './onward.ts';
import { find, release, sweep, tidy, wipe } from './release.ts';
import { accountName, become, keyName, turnOf } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { Message, Model, State } from './world.ts';

/** What one process may do next; the answered and patient way comes first. */
export function moves(turn: Turn): readonly Step[] {
  const { stage } = turn.me;
  switch (stage.at) {
    case 'decide':
      return decide(turn);
    case 'claim':
      return claim(turn, stage);
    case 'look':
      return look(turn);
    case 'judge':
      return judge(turn, stage);
    case 'fence':
      return fence(turn, stage);
    case 'tidy':
      return tidy(turn, stage);
    case 'load':
      return turn.task.kind === 'sweep' ? sweep(turn, turn.task) : load(turn, stage);
    case 'commit':
      return commit(turn, stage);
    case 'find':
      return find(turn);
    case 'release':
      return release(turn, stage);
    case 'wipe':
      return wipe(turn);
    case 'end':
      return [];
  }
}

/** The process dies where it stands, its appends stay in the air, and its person asks again. */
function crash(turn: Turn): readonly Step[] {
  const { task, serial, retries } = turn.me;
  if (retries === 0 || turn.me.stage.at === 'decide') return [];
  const fresh = starting(turn.task, { task, serial: serial + 1, retries: retries - 1 });
  return [become(turn, fresh, 'crashes, and is asked again')];
}

const describe = ({ to, stream, event }: Message) => {
  const name = to === 'claim' ? keyName(stream) : accountName(stream);
  return `${event.type} of ${event.by} reaches ${name} late`;
};

/** Everything that can happen in a state. A process that dies for good is one that is never chosen again. */
export function steps(model: Model, state: State): readonly Step[] {
  const own = state.processes.flatMap(({ stage }, who) => {
    if (stage.at === 'end') return [];
    const turn = turnOf(model, state, who);
    return [...moves(turn), ...crash(turn)];
  });
  const late = state.air.map((message) => ({
    text: describe(message),
    next: arrived(state, message),
  }));
  return [...own, ...late];
}

export function firstState(model: Model): State {
  const { claims, accounts, actors } = model.scenario;
  const processes = actors.map(({ tasks, retries }) =>
    starting(at(tasks, 0), { task: 0, serial: 1, retries }),
  );
  return { claims, accounts, processes, air: [], wiped: [] };
}
