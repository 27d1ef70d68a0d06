import { at, replaced } from './folds.ts';
import type { Message, State } from './world.ts';

const streamOf = (state: State, { to, stream }: Message) =>
  at<readonly Message['event'][]>(to === 'claim' ? state.claims : state.accounts, stream);

const sameId = (one: Message['event'] | undefined, other: Message['event']) =>
  one !== undefined && one.by === other.by && one.type === other.type;

/** What the store answers now: it writes, it recognises a resend and adds nothing, or it refuses. */
export function answer(state: State, message: Message): 'written' | 'recognised' | 'conflict' {
  const stream = streamOf(state, message);
  const { expected, event } = message;
  if (expected === null) {
    return stream.some((old) => sameId(old, event)) ? 'recognised' : 'written';
  }
  if (sameId(stream[expected], event)) return 'recognised';
  return stream.length === expected ? 'written' : 'conflict';
}

/** The state after the message was written; what can never be written any more leaves the air. */
export function written(state: State, message: Message): State {
  const length = streamOf(state, message).length + 1;
  const air = state.air.filter(
    ({ to, stream, expected }) =>
      to !== message.to || stream !== message.stream || expected === null || expected >= length,
  );
  if (message.to === 'claim') {
    const stream = [...at(state.claims, message.stream), message.event];
    return { ...state, claims: replaced(state.claims, message.stream, stream), air };
  }
  const stream = [...at(state.accounts, message.stream), message.event];
  return { ...state, accounts: replaced(state.accounts, message.stream, stream), air };
}

const text = (message: Message) => JSON.stringify(message);

/** The state with the message on its way. The same append sent twice is one message: its second copy adds nothing. */
export function sentOff(state: State, message: Message): State {
  const known = state.air.map(text);
  if (known.includes(text(message))) return state;
  const air = [...state.air, message].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return { ...state, air };
}

/** The state after a late append arrived: written where it still may be, else gone. */
export function arrived(state: State, message: Message): State {
  const rest = { ...state, air: state.air.filter((other) => other !== message) };
  return answer(rest, message) === 'written' ? written(rest, message) : rest;
}
