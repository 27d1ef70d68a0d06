import type { Exploration } from './explore.ts';
import { properties } from './properties.ts';

/** A violation for people: what broke, and the way there. */
export function told(broken: Exploration['broken']): string {
  if (broken === null) return 'nothing is broken';
  const { property, trace } = broken;
  return [`${property}, ${properties[property]}, is broken:`, ...trace].join('\n  ');
}
