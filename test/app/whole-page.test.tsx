import { PassThrough, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { renderToPipeableStream } from 'react-dom/server';
import { expect, test } from 'vitest';
import { wholePage } from '../../app/whole-page.server.ts';

/** Letters of three bytes: some stand across a 2,048th byte. */
const words = '€'.repeat(10_000);
const Page = () => (
  <p>{Array.from({ length: 40 }, (_, at) => words.slice(at * 250, (at + 1) * 250))}</p>
);

async function rendered(): Promise<<Into extends Writable>(into: Into) => Into> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { pipe } = renderToPipeableStream(<Page />, { onAllReady: resolve, onError: reject });
  await promise;
  return pipe;
}

test('a page holds no zero byte, wherever its letters fall', async () => {
  const streamed = (await rendered())(new PassThrough());
  expect(await text(streamed)).toContain('\u0000'); // else its care for them may go
  const page = new TextDecoder().decode(await wholePage(await rendered()));
  expect(page).not.toContain('\u0000');
  expect(page.replaceAll(/<[^>]*>/g, '')).toBe(words);
});

test('a page that cannot be written out is a fault', async () => {
  const fault = new Error('torn');
  await expect(wholePage((into) => into.destroy(fault))).rejects.toBe(fault);
});
