import { describe, expect, test } from 'vitest';
import { accountStories } from '../support/account-stories.ts';
import { crashesAt } from '../support/crash-story.ts';
import { logKinds } from '../support/test-logs.ts';

describe.each(logKinds)('on %s', (kind) => {
  test.each(Object.keys(accountStories))(
    'F2 I4 a crash at any step of %s leaves it whole or not begun, and issuing it again gives one result',
    { timeout: 120_000 },
    async (name) => {
      const story = accountStories[name];
      if (!story) throw new Error(name);
      let at = 1;
      while (await crashesAt(story, { at, kind })) at += 1;
      expect(at).toBeGreaterThan(3);
    },
  );
});
