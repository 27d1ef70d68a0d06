import type { RegisterEntry } from '../components/history-line.tsx';
import { attemptText } from './attempt-text.ts';
import { factText } from './history-text.ts';

/** The clock of the example stands still, so that it reads the same every day. */
export const sampleNow = '2026-03-14T16:20:00.000Z';

const password = { kind: 'password' } as const;

export const sampleEntries: readonly RegisterEntry[] = [
  {
    kind: 'fact',
    id: 'sample-3',
    at: '2026-03-14T16:02:41.000Z',
    sentence: factText({ type: 'PasswordSet', reason: 'change' }),
    circumstances: ['by you', 'from Firefox on Linux'],
  },
  {
    kind: 'attempt',
    id: 'sample-refused',
    at: '2026-03-14T15:58:07.000Z',
    sentence: attemptText('sign-in-refused', password),
    circumstances: ['from Chrome on Windows'],
  },
  {
    kind: 'fact',
    id: 'sample-2',
    at: '2026-03-13T09:14:30.000Z',
    sentence: factText({ type: 'EmailChanged', email: 'ada@engine.example' }),
    circumstances: ['by you', 'from Safari on iPhone'],
  },
  {
    kind: 'fact',
    id: 'sample-1',
    at: '2026-03-09T18:45:12.000Z',
    sentence: factText({ type: 'ProfileChanged', name: 'Ada Lovelace' }),
    circumstances: ['by you', 'from Firefox on Linux'],
  },
  {
    kind: 'fact',
    id: 'sample-0',
    at: '2026-03-09T18:40:55.000Z',
    sentence: factText({ type: 'UserRegistered', way: password }),
    circumstances: ['by you', 'from Firefox on Linux'],
  },
];
