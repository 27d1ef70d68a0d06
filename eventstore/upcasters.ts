import type { AccountEventType } from '../domain/account/events.ts';
import type { JsonObject } from './event-store.ts';

/**
 * One step from a schema version to the next. Mechanical: a part is made of itself alone, without a clock, a look-up or
 * the other part, which may be sealed or erased. What is stored is never changed; chains stay over the stored bytes.
 */
export interface Upcaster {
  readonly clear?: (clear: JsonObject) => JsonObject;
  readonly personal?: (personal: JsonObject) => JsonObject;
}

/** By event type: the step from version 1 to 2, from 2 to 3, and so on. */
export type Upcasters = Readonly<Partial<Record<AccountEventType, readonly Upcaster[]>>>;

/** A new step here raises the version that is written. It needs a log in test/fixtures that holds the old one. */
export const upcasters: Upcasters = {};

/** The schema version of an event type that this code writes. */
export const currentVersion = (type: AccountEventType, known: Upcasters = upcasters): number =>
  (known[type]?.length ?? 0) + 1;

/** The steps that lift a stored version to the current one; undefined for a version this code does not know. */
export function stepsFrom(
  type: AccountEventType,
  version: number,
  known: Upcasters = upcasters,
): readonly Upcaster[] | undefined {
  const isKnown =
    Number.isInteger(version) && version >= 1 && version <= currentVersion(type, known);
  return isKnown ? (known[type] ?? []).slice(version - 1) : undefined;
}

/** One part through all steps. */
export const lifted = (
  steps: readonly Upcaster[],
  part: 'clear' | 'personal',
  stored: JsonObject,
): JsonObject => steps.reduce((lower, step) => step[part]?.(lower) ?? lower, stored);
