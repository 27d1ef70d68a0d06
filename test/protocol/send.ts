import { answer, sentOff, written } from './append.ts';
import { acknowledge, become } from './turn.ts';
import type { Step, Turn } from './turn.ts';
import type { Message, Process, State } from './world.ts';

/** Where an append's answer leads. */
export interface Routes {
  readonly text: string;
  readonly ok: Process;
  /** Once it is written, the process tells its person that the wish is true. */
  readonly acks?: boolean;
  readonly conflict: Process;
  /** When no answer comes; without it the process stays and sends the same append again. */
  readonly lost?: Process;
  /** Breaks a rule: no answer is told as a success too. */
  readonly acksLost?: boolean;
}

/** An append and everything that can become of it; the answered way comes first. */
export function send(turn: Turn, message: Message, routes: Routes): readonly Step[] {
  const { state, me } = turn;
  const going = (on: Process, base: State, told: string) =>
    become({ ...turn, state: base }, on, `${routes.text}: ${told}`);
  const done = (base: State, told: string) =>
    routes.acks
      ? acknowledge({ ...turn, state: base }, routes.ok, `${routes.text}: ${told}`)
      : going(routes.ok, base, told);
  const silence = (base: State) =>
    routes.acksLost
      ? acknowledge({ ...turn, state: base }, routes.ok, `${routes.text}: no answer`)
      : going(routes.lost ?? me, base, 'no answer');

  switch (answer(state, message)) {
    case 'conflict':
      return [going(routes.conflict, state, 'conflict')];
    case 'recognised':
      return [done(state, 'written before'), silence(state)];
    case 'written':
      return [done(written(state, message), 'written'), silence(sentOff(state, message))];
  }
}
