import type { Property } from './properties.ts';
import type { Rule } from './rules.ts';
import type { scenarios } from './scenarios.ts';

/** Where the removal of a rule shows, and what then breaks. */
export interface Need {
  readonly scenario: keyof typeof scenarios;
  readonly breaks: Property;
}

/** One line per rule; leave one out and this file does not compile. */
export const needed: Record<Rule, Need> = {
  'fence-first': { scenario: 'race', breaks: 'S1' },
  'fence-at-read-revision': { scenario: 'race', breaks: 'S1' },
  'one-read': { scenario: 'race', breaks: 'S1' },
  'fence-id': { scenario: 'lagging', breaks: 'S1' },
  'own-fence': { scenario: 'race', breaks: 'S1' },
  'unknown-no-undo': { scenario: 'race', breaks: 'S1' },
  'unavailable-no-undo': { scenario: 'race', breaks: 'S1' },
  'unknown-no-success': { scenario: 'race', breaks: 'S2' },
  'claim-at-revision': { scenario: 'race', breaks: 'S1' },
  'release-at-revision': { scenario: 'race', breaks: 'S1' },
  'attempt-not-account': { scenario: 'twice', breaks: 'S1' },
  'commit-what-you-claimed': { scenario: 'settings', breaks: 'S1' },
  'undo-own': { scenario: 'twice', breaks: 'S1' },
  'release-recorded': { scenario: 'relink', breaks: 'S1' },
  'account-first': { scenario: 'relink', breaks: 'S1' },
  'resolve-stale': { scenario: 'relink', breaks: 'S3' },
  'one-executor': { scenario: 'executors', breaks: 'S1' },
  'sweeper-fences': { scenario: 'sweeper', breaks: 'S5' },
};
