import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { renderToPipeableStream } from 'react-dom/server';
import { expect, test } from 'vitest';
import { withoutZeroBytes } from '../../app/without-zero-bytes.server.ts';

/** Letters of three bytes: some stand across a 2,048th byte. */
const words = '€'.repeat(10_000);
const Page = () => (
  <p>{Array.from({ length: 40 }, (_, at) => words.slice(at * 250, (at + 1) * 250))}</p>
);

async function rendered(into: PassThrough): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { pipe } = renderToPipeableStream(<Page />, { onAllReady: resolve, onError: reject });
  await promise;
  return text(pipe(into));
}

test('a page holds no zero byte, wherever its letters fall', async () => {
  expect(await rendered(new PassThrough())).toContain('\u0000'); // else this file may go
  const page = await rendered(withoutZeroBytes());
  expect(page).not.toContain('\u0000');
  expect(page.replaceAll(/<[^>]*>/g, '')).toBe(words);
});
