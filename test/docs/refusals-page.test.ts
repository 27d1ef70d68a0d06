import { describe, expect, test } from 'vitest';
import { refusalCopy } from '../../domain/account/refusal-copy.ts';
import { readPage } from '../support/markdown-tables.ts';

const { rows } = readPage('docs/refusals.md');

describe('docs/refusals.md', () => {
  test('lists every refusal once, with the words a person reads', () =>
    expect(rows.map(({ cells: [code, , words] }) => [code, words])).toEqual(
      Object.entries(refusalCopy),
    ));

  test('says of each when it is answered', () =>
    expect(rows.filter(({ cells: [, when] }) => !when?.endsWith('.'))).toEqual([]));
});

describe('what a person reads when a rule says no', () => {
  const words = Object.entries(refusalCopy);

  test.each(words)('%s: is the fact and the way out, in two short sentences', (_code, sentence) => {
    expect(sentence.match(/\.(?= |$)/g)).toHaveLength(2);
    expect(sentence.length).toBeLessThanOrEqual(90);
  });

  test.each(words)('%s: has no jargon, no blame and no shouting', (_code, sentence) =>
    expect(sentence).not.toMatch(/!|oops|sorry|provider|\blink|token|invalid|error|\buser\b/i),
  );
});
