import type { LookKind } from '../../domain/audit.ts';
import type { ActivityKind } from '../../vault/vault-activity.ts';
import type { RegisterEntry } from '../components/history-line.tsx';
import { deviceText, type Device, type Way } from './device-text.ts';
import { attemptText } from './attempt-text.ts';
import { actors, factText, historyText as text } from './history-text.ts';
import type { Actor, ActorWords, Fact } from './history-text.ts';

/** Where something was asked from; null where nothing is known; see `Told` for the rest. */
export type From = Device | 'erased' | 'sealed' | null;

export interface HistoryFact {
  readonly kind: 'fact';
  readonly eventId: string;
  /** Place in the account's stream, from 0. */
  readonly revision: number;
  readonly at: string;
  readonly actor: Actor;
  readonly fact: Fact;
  readonly from: From;
}

export interface HistoryAttempt {
  readonly kind: 'attempt';
  readonly activityId: string;
  readonly at: string;
  readonly activity: ActivityKind;
  readonly way: Way | null;
  readonly from: From;
}

/** An auditor looked at the account (H12). Nothing changed by it. */
export interface HistoryLook {
  readonly kind: 'look';
  /** `look`: nobody noted how. */
  readonly how: LookKind | 'look';
  readonly eventId: string;
  readonly at: string;
}

export type HistoryEntry = HistoryFact | HistoryAttempt | HistoryLook;

const fromText = (from: From): readonly string[] => {
  if (from === null) return [];
  if (typeof from === 'string') return [text.untoldFrom[from]];
  const device = from.browser || from.system ? [text.from(deviceText(from))] : [];
  return from.ip ? [...device, from.ip] : device;
};

/** An entry of the history as the register shows it, to its owner unless other words for actors are given. */
export const registerEntry = (
  entry: HistoryEntry,
  actorWords: ActorWords = actors,
): RegisterEntry => {
  if (entry.kind === 'attempt') {
    return {
      kind: 'attempt',
      id: `attempt-${entry.activityId}`,
      at: entry.at,
      sentence: attemptText(entry.activity, entry.way),
      circumstances: fromText(entry.from),
    };
  }
  if (entry.kind === 'look') {
    return {
      kind: 'attempt',
      id: `look-${entry.eventId}`,
      at: entry.at,
      sentence: text.looked[entry.how],
      circumstances: [actorWords.auditor],
      eventId: entry.eventId,
    };
  }
  return {
    kind: 'fact',
    id: `entry-${entry.revision}`,
    at: entry.at,
    sentence: factText(entry.fact),
    circumstances: [actorWords[entry.actor], ...fromText(entry.from)],
    number: entry.revision,
    eventId: entry.eventId,
  };
};

/** Everything an entry says, as a filter looks through it: exactly what is shown, and no more (H19). */
export const entryWords = (entry: HistoryEntry): string => {
  const { sentence, circumstances, eventId = '' } = registerEntry(entry);
  const words = [sentence, ...circumstances, eventId].join(' ');
  return words.replaceAll(/[\u2068\u2069]/g, '');
};
