import { describe, expect, test } from 'vitest';
import { toldFields } from '../../commands/told-fields.ts';

const told = (value: unknown) => toldFields(JSON.stringify(value));

describe('what a provider told', () => {
  test('is shown field by field, nested ones under dotted names, missing ones as such', () => {
    expect(told({ id: 4711, login: 'ada', email: null, picture: { data: { url: 'x' } } })).toEqual([
      { name: 'id', value: '4711' },
      { name: 'login', value: 'ada' },
      { name: 'email', value: null },
      { name: 'picture.data.url', value: 'x' },
    ]);
  });

  test.each([
    ['access_token', 'abc'],
    ['refresh_token', 'abc'],
    ['client_secret', 'abc'],
    ['device_code', 'abc'],
    ['nonce', 'abc'],
    ['note', `gho_${'a'.repeat(36)}`],
    ['note', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
    ['token_type', `ghp_${'a'.repeat(36)}`],
  ])('hides a secret by its name or its looks: %s', (name, value) => {
    expect(told({ [name]: value })).toEqual([{ name, secretLength: value.length }]);
  });

  test.each([
    ['token_type', 'bearer'],
    ['token_endpoint', 'https://login.example/token'],
    ['scope', 'openid'],
    ['sub', '6f1c1f0e-8f3b-4c62-9d5c-0a2f4a7b9c11'],
    ['html_url', 'https://www.github.example/ada.lovelace'],
  ])('shows what only describes one: %s', (name, value) => {
    expect(told({ [name]: value })).toEqual([{ name, value }]);
  });

  test('says what an id token says, but not the token', () => {
    const claims = Buffer.from(JSON.stringify({ sub: '42', nonce: 'n' })).toString('base64url');
    const idToken = `eyJhbGciOiJIUzI1NiJ9.${claims}.c2ln`;

    expect(told({ id_token: idToken })).toEqual([
      { name: 'id_token', secretLength: idToken.length },
      { name: 'claims.sub', value: '42' },
      { name: 'claims.nonce', secretLength: 1 },
    ]);
  });

  test.each(['', '<html>secret</html>', 'access_token=abc'])(
    'that is no JSON is told by its length: %j',
    (body) => {
      expect(toldFields(body)).toEqual([{ name: 'no JSON', secretLength: body.length }]);
    },
  );

  test('is bounded: sixty fields, three hundred characters each', () => {
    const fields = told(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`f${n}`, 'x'])));

    expect(fields).toHaveLength(60);
    expect(told({ long: 'x'.repeat(9_000) })).toEqual([{ name: 'long', value: 'x'.repeat(300) }]);
  });
});
