import {
  accountEventParts,
  type AccountEvent,
  type AccountEventType,
} from '../domain/account/events.ts';
import type { JsonObject, RecordedEvent } from './event-store.ts';
import { lifted, stepsFrom, upcasters, type Upcasters } from './upcasters.ts';

/** A sealed field as it stands in an event's data; see vault.ts for what is inside. */
export interface StoredSeal {
  readonly sealed: string;
  readonly commitment: string;
}

/** Seals a personal part; the context binds it to its place in the log. */
export type Seal = (context: string, plaintext: string) => StoredSeal;

/** Opens a sealed part, or says that its key was erased. Throws the vault's faults. */
export type OpenSeal = (context: string, field: StoredSeal) => string | 'erased';

/** An event that cannot be read: unknown type, broken data, a schema version from the future. */
export class PoisonEvent extends Error {
  readonly code = 'poison-event';
  readonly stream: string;
  readonly revision: number;

  constructor(event: Pick<RecordedEvent, 'stream' | 'revision' | 'type'>, cause?: unknown) {
    super(`cannot read ${event.type} at revision ${event.revision}`, { cause });
    this.stream = event.stream;
    this.revision = event.revision;
  }
}

const personalContext = (stream: string, eventId: string) =>
  `${stream}\u0000${eventId}\u0000personal`;

/** Is there anything in the event that is stored sealed? */
export const hasPersonalPart = ({ personal }: AccountEvent): boolean =>
  typeof personal === 'string' || Object.values(personal).some((value) => value !== undefined);

/** The data of an account event as it is stored: the clear part, and the personal part sealed if there is any. */
export function encodeAccountEvent(
  event: AccountEvent,
  place: { readonly stream: string; readonly eventId: string },
  seal: Seal,
): JsonObject {
  const { type: _type, personal, ...clear } = event;
  if (typeof personal === 'string')
    throw new Error('a personal part that is not open cannot be stored');
  const stored = clear as JsonObject;
  if (!hasPersonalPart(event)) return stored;
  const field = seal(personalContext(place.stream, place.eventId), JSON.stringify(personal));
  return { ...stored, personal: { sealed: field.sealed, commitment: field.commitment } };
}

const isAccountEventType = (type: string): type is AccountEventType =>
  Object.hasOwn(accountEventParts, type);

const isSeal = (value: unknown): value is StoredSeal =>
  typeof value === 'object' &&
  value !== null &&
  'sealed' in value &&
  typeof value.sealed === 'string' &&
  'commitment' in value &&
  typeof value.commitment === 'string';

/** The sealed part of an account event and what it is bound to; undefined for an event without one. Throws PoisonEvent. */
export function sealedPart(
  event: RecordedEvent,
): { readonly context: string; readonly field: StoredSeal } | undefined {
  const field = event.data['personal'];
  if (field === undefined) return undefined;
  if (!isSeal(field)) throw new PoisonEvent(event);
  return { context: personalContext(event.stream, event.id), field };
}

function openPersonal(
  event: RecordedEvent,
  open: OpenSeal | undefined,
): JsonObject | 'closed' | 'erased' {
  const part = sealedPart(event);
  if (!part) return {};
  if (!open) return 'closed';
  const text = open(part.context, part.field);
  return text === 'erased' ? text : (JSON.parse(text) as JsonObject);
}

/**
 * A recorded account event as rules see it: seals opened (or left 'closed' without `open`), older versions lifted step
 * by step, then parsed. Throws PoisonEvent for what this code cannot read, and the vault's own faults.
 */
export function decodeAccountEvent(
  recorded: RecordedEvent,
  open?: OpenSeal,
  known: Upcasters = upcasters,
): AccountEvent {
  const { type, metadata, data } = recorded;
  if (!isAccountEventType(type)) throw new PoisonEvent(recorded);
  const steps = stepsFrom(type, metadata.v, known);
  if (!steps) throw new PoisonEvent(recorded);
  const { clear, personal } = accountEventParts[type];
  const opened = openPersonal(recorded, open);
  const parsedClear = clear.safeParse(lifted(steps, 'clear', data));
  if (!parsedClear.success) throw new PoisonEvent(recorded, parsedClear.error);
  if (opened === 'closed' || opened === 'erased') {
    return { type, ...parsedClear.data, personal: opened } as AccountEvent;
  }
  const parsedPersonal = personal.safeParse(lifted(steps, 'personal', opened));
  if (!parsedPersonal.success) throw new PoisonEvent(recorded, parsedPersonal.error);
  return { type, ...parsedClear.data, personal: parsedPersonal.data } as AccountEvent;
}
