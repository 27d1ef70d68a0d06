import { faultCode } from '../eventstore/event-store.ts';
import type { Deps } from '../commands/deps.ts';
import { isBeyond, readPoint, type Point } from '../commands/point.ts';
import {
  replayAccount,
  type ReplayedAccount,
  type ReplayStep,
} from '../commands/replay-account.ts';
import type { Difference } from '../commands/differences.ts';
import {
  replayLookups,
  type LookupDifference,
  type LookupsState,
} from '../projections/replay-lookups.ts';
import { namedAccount } from './named-account.ts';
import { progress } from './progress.ts';
import { BadCall, type Call, type VerbAnswer } from './run-verb.ts';

/** Folds one account, or everything, again from the first event to any point; changes nothing. */
export const replay = (call: Call): Promise<VerbAnswer> =>
  call.argument === '' ? replayAll(call) : replayOne(call);

async function replayOne(call: Call): Promise<VerbAnswer> {
  const to = pointOf(call);
  const { deps } = await call.open();
  const { accountId } = await namedAccount(deps, call.argument);
  const { replayed, fault } = await openedIfWanted(deps, accountId, {
    to,
    opened: call.options['open'] === true,
  });
  const { steps, account, since, laterEvents } = replayed;
  const lines = [
    `account ${accountId}`,
    ...(fault === undefined ? [] : [`BAD ${fault}: personal parts stay closed`]),
    ...steps.map(stepText),
    `then: ${JSON.stringify(account)}`,
    laterEvents === 0 ? 'which is now' : `${laterEvents} events later, now:`,
    ...since.map(differenceText),
  ];
  return {
    text: lines.join('\n'),
    json: { accountId, fault, ...replayed },
    exitCode: fault === undefined ? 0 : 1,
  };
}

/** A key that is missing is reported, and the replay goes on without it (F21). */
async function openedIfWanted(
  deps: Deps,
  accountId: string,
  wish: { readonly to: Point; readonly opened: boolean },
): Promise<{ readonly replayed: ReplayedAccount; readonly fault?: string }> {
  try {
    return { replayed: await replayAccount(deps, accountId, wish) };
  } catch (error) {
    const fault = faultCode(error);
    if (fault !== 'key-missing') throw error;
    return { replayed: await replayAccount(deps, accountId, { ...wish, opened: false }), fault };
  }
}

async function replayAll(call: Call): Promise<VerbAnswer> {
  const to = pointOf(call);
  const { log } = await call.open();
  const head = await log.store.head();
  const bar = progress('replaying', call.interactive);
  const replayed = await replayLookups(
    log.store,
    (event) => isBeyond(to, event, event.position),
    (events, position) => bar.to(Number(position), Number(head), events),
  ).finally(() => bar.end());
  const { then, now, differences } = replayed;
  const shown = differences.slice(0, MOST_LINES).map(lookupText);
  const more = differences.length - shown.length;
  return {
    text: [
      `then: ${stateText(then)}`,
      `now:  ${stateText(now)}`,
      ...shown,
      ...(more > 0 ? [`and ${more} more; --json tells all`] : []),
    ].join('\n'),
    json: { then: documentOf(then), now: documentOf(now), differences },
  };
}

const MOST_LINES = 50;

/** Throws BadCall for what is neither a place nor a time. */
export function pointOf({ options }: Call, name = 'to'): Point {
  const typed = options[name];
  const point = readPoint(typeof typed === 'string' ? typed : undefined);
  if (!point) throw new BadCall(`--${name} wants a number or a time like 2026-03-14T16:20:00Z`);
  return point;
}

const stepText = ({ revision, at, actor, type, changes }: ReplayStep): string =>
  [
    `${String(revision).padStart(4)}  ${at}  ${actor.padEnd(8)}  ${type}`,
    ...changes.map(differenceText),
  ].join('\n');

export const differenceText = ({ path, was, is }: Difference): string => {
  const [before, after] = [was, is].map((value) => JSON.stringify(value));
  if (before === undefined) return `        + ${path} ${after}`;
  return after === undefined
    ? `        - ${path} ${before}`
    : `        ~ ${path} ${before} → ${after}`;
};

const stateText = ({ events, position, accounts, keys, digest }: LookupsState): string =>
  `${events} events to position ${position}; accounts: ${counts(accounts)}; keys: ${counts(keys)}; ${digest}`;

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const lookupText = ({ about, id, was, is }: LookupDifference): string =>
  `  ${about} ${id}: ${was ?? 'nobody'} → ${is ?? 'nobody'}`;

const documentOf = (state: LookupsState) => ({ ...state, position: String(state.position) });
