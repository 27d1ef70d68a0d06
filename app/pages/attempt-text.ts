import type { ActivityKind } from '../../vault/vault-activity.ts';
import { wayText, type Way } from './device-text.ts';

const withWay = (words: string, way: Way | null) => (way ? `${words} with ${wayText(way)}` : words);

/** One sentence per kind of activity; `way` is null where nobody knows which way in it was. */
export function attemptText(kind: ActivityKind, way: Way | null): string {
  switch (kind) {
    case 'signed-in':
      return withWay('Signed in', way);
    case 'signed-out':
      return 'Signed out';
    case 'sign-in-refused':
      return `${withWay('Sign-in', way)} refused`;
    case 'reauthenticated':
      return withWay('Confirmed again', way);
    case 'reauthenticated-weakly':
      return `${withWay('Confirmed again', way)}, for one change`;
    case 'reauthentication-refused':
      return `${withWay('Confirmation', way)} refused`;
    case 'round-trip-failed':
      return `${way ? wayText(way) : 'A way in elsewhere'} gave no good answer`;
    case 'session-ended':
      return 'A session ended';
    case 'recovery-link-made':
      return 'A recovery link made for you';
    case 'recovery-link-used':
      return 'The recovery link used';
  }
}
