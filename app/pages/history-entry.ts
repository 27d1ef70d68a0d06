import type { ActivityKind } from '../../vault/vault.ts';
import type { RegisterEntry } from '../components/history-line.tsx';
import { deviceText, type Device, type Way } from './device-text.ts';
import { actors, attemptText, factText, historyText as text } from './history-text.ts';
import type { Actor, Fact } from './history-text.ts';

/** Where something was asked from; null where nothing is known, `erased` where it no longer may be. */
export type From = Device | 'erased' | null;

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

export type HistoryEntry = HistoryFact | HistoryAttempt;

const fromText = (from: From): readonly string[] => {
  if (from === null) return [];
  if (from === 'erased') return [text.erasedFrom];
  const device = from.browser || from.system ? [text.from(deviceText(from))] : [];
  return from.ip ? [...device, from.ip] : device;
};

/** An entry of the history as the register shows it. */
export const registerEntry = (entry: HistoryEntry): RegisterEntry => {
  if (entry.kind === 'attempt') {
    return {
      kind: 'attempt',
      id: `attempt-${entry.activityId}`,
      at: entry.at,
      sentence: attemptText(entry.activity, entry.way),
      circumstances: fromText(entry.from),
    };
  }
  return {
    kind: 'fact',
    id: `entry-${entry.revision}`,
    at: entry.at,
    sentence: factText(entry.fact),
    circumstances: [actors[entry.actor], ...fromText(entry.from)],
    number: entry.revision,
    eventId: entry.eventId,
  };
};
