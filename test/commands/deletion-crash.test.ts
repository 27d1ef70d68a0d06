import { describe, expect, test } from 'vitest';
import { crashesAt } from '../support/crash-story.ts';
import { deletionStories } from '../support/deletion-stories.ts';
import { logKinds } from '../support/test-logs.ts';

/** What writes one stream at a time is EventStoreDB’s own way; the file need not show it twice. */
const kinds = logKinds.filter((kind) => kind !== 'the embedded log, one stream at a time');

describe.each(kinds)('on %s', (kind) => {
  test.each(Object.keys(deletionStories))(
    'F2 a crash at any step of %s is finished at the next start, and every step may be done again',
    { timeout: 180_000 },
    async (name) => {
      const story = deletionStories[name];
      if (!story) throw new Error(name);
      let at = 1;
      while (await crashesAt(story, { at, kind })) at += 1;
      expect(at).toBeGreaterThan(3);
    },
  );
});
