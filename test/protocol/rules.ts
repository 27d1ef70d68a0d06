/** The rules of the protocol. Each can be taken away, to see what it prevents. */
export const rules = {
  'fence-first': 'fence before taking an undecided claim',
  'fence-at-read-revision': 'a fence is appended at the revision just read',
  'one-read': 'what a claim is worth is judged by one read of the account',
  'fence-id': "a fence's event id is made of the attempt it fences",
  'own-fence': 'look for your own fence before every try of the commit',
  'unknown-no-undo': 'an unknown outcome never leads to undo',
  'unavailable-no-undo': 'nor does a resend that was certainly not written',
  'unknown-no-success': 'an unknown outcome is not a success',
  'claim-at-revision': 'every claim append is compare-and-swap: claiming',
  'release-at-revision': 'every claim append is compare-and-swap: releasing',
  'attempt-not-account': "another attempt's claim is not yours even for your own account",
  'commit-what-you-claimed': 'commit only keys that this attempt claimed',
  'undo-own': 'release only what the attempt at hand claimed',
  'release-recorded': 'release only what the owning event claimed',
  'account-first': 'the account event first, then the release',
  'resolve-stale': 'contenders resolve stale claims themselves',
  'one-executor': 'one executor per attempt id',
  'sweeper-fences': 'the sweeper fences before it deletes',
} as const;

export type Rule = keyof typeof rules;
