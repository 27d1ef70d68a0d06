import { expect, test } from 'vitest';
import { signInIdentifier } from '../../domain/account/sign-in-identifier.ts';

test.each([
  ['ann', { kind: 'username', value: 'ann' }],
  [' ＡＮＮ ', { kind: 'username', value: 'ann' }],
  ['Ann@Example.org', { kind: 'email', value: 'ann@example.org' }],
  ['ann＠bücher.example', { kind: 'email', value: 'ann@xn--bcher-kva.example' }],
  ['', { kind: 'username', value: '' }],
  ['@', { kind: 'email', value: '@' }],
] as const)('what somebody typed to sign in, %j, is looked up as %j', (typed, identifier) =>
  expect(signInIdentifier(typed)).toEqual(identifier),
);
