import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signedRequest } from '../../dev/local-provider/facebook-notices.ts';
import { readSignedRequest } from '../../providers/facebook-signed-request.ts';

const SECRET = 'the app’s secret';
const now = new Date('2026-03-01T12:00:00.000Z');
const seconds = now.getTime() / 1000;
const good = { user_id: '12', issued_at: seconds };
const read = (text: string) => readSignedRequest(text, SECRET, now);
const signed = (about: object) => signedRequest(SECRET, { ...good, ...about });
/** Signed rightly, whatever stands in it. */
const signedBody = (body: string) =>
  `${createHmac('sha256', SECRET).update(body).digest('base64url')}.${body}`;

describe('H13: a signed_request', () => {
  test('that Facebook signed just now is read', () => {
    expect(read(signed({}))).toMatchObject({ subject: '12', issuedAt: now });
    expect(read(signed({ issued_at: seconds - 86_399 }))).toBeDefined();
    expect(read(signed({ issued_at: seconds + 200 }))).toBeDefined();
  });

  test('has one signature, however it is spelled', () => {
    const [signature = '', body = ''] = signed({}).split('.');
    const read2 = read(`${signature}=.${body}`);

    expect(read2?.signature).toEqual(read(`${signature}.${body}`)?.signature);
  });

  test.each([
    ['another algorithm', { algorithm: 'HMAC-SHA1' }],
    ['none', { algorithm: 'none' }],
    ['the algorithm in small letters', { algorithm: 'hmac-sha256' }],
    ['no algorithm', { algorithm: undefined }],
    ['a day of age', { issued_at: seconds - 86_400 }],
    ['a time ahead of every clock', { issued_at: seconds + 301 }],
    ['no time', { issued_at: undefined }],
    ['a time as text', { issued_at: String(seconds) }],
    ['nobody', { user_id: undefined }],
    ['an empty somebody', { user_id: '' }],
    ['a somebody that is no id', { user_id: { toString: '12' } }],
  ])('with %s is not good', (_what, about) => {
    expect(read(signed(about))).toBeUndefined();
  });

  test.each([
    ['another secret', signedRequest('another secret', good)],
    ['no signature', `.${signed({}).split('.')[1]}`],
    [
      'the signature of another',
      `${signed({}).split('.')[0]}.${signed({ user_id: '13' }).split('.')[1]}`,
    ],
    ['a third part', `${signed({})}.x`],
    ['nothing', ''],
    ['a signature cut short', signed({}).slice(1)],
    ['no JSON in it', signedBody('bm90IGpzb24')],
    ['a list in it', signedBody('W10')],
    ['too much in it', signed({ padding: 'x'.repeat(5_000) })],
  ])('with %s is not good', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });
});
