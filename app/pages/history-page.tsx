import { EmptyState } from '../components/empty-state.tsx';
import { HistoryLine, type RegisterEntry } from '../components/history-line.tsx';
import { Pager } from '../components/pager.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import type { ActivityKind } from '../../vault/vault.ts';
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

export interface HistoryPageProps {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly now: string;
  /** Addresses of the pages before and after. */
  readonly newer?: string | undefined;
  readonly older?: string | undefined;
}

const fromText = (from: From): readonly string[] => {
  if (from === null) return [];
  if (from === 'erased') return [text.erasedFrom];
  const device = from.browser || from.system ? [text.from(deviceText(from))] : [];
  return from.ip ? [...device, from.ip] : device;
};

const registerEntry = (entry: HistoryEntry): RegisterEntry => {
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

export const HistoryPage = ({ entries, now, newer, older }: HistoryPageProps) => (
  <SettingsFrame current="/settings/history" lead={text.lead} wide>
    {entries.length === 0 ? (
      <EmptyState title={text.emptyTitle}>
        <p>{text.empty}</p>
      </EmptyState>
    ) : (
      <HistoryLine
        entries={entries.map(registerEntry)}
        now={now}
        fromNow={newer === undefined}
        numberText={text.number}
      />
    )}
    <Pager
      newer={newer}
      older={older}
      label={text.pages}
      newerText={text.newer}
      olderText={text.older}
    />
  </SettingsFrame>
);
