import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { oidcVariable, oidcVariables, providerVariables } from '../../config/provider-variables.ts';
import { noticeKinds } from '../../vault/vault-notices.ts';

const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
const openId = Object.keys(oidcVariables) as (keyof typeof oidcVariables)[];

describe('docs/providers.md', () => {
  test.each([
    ...Object.keys(providerVariables),
    ...openId.map((variable) => oidcVariable('acme', variable)),
  ])('says what %s is for', (variable) => {
    expect(page).toMatch(new RegExp(`\\b${variable}\\b`));
  });

  test('names no variable that is none', () => {
    const known = new Set([
      ...Object.keys(providerVariables),
      ...['acme', 'corp'].flatMap((name) => openId.map((one) => oidcVariable(name, one))),
    ]);
    const named = page.match(/\b(GITHUB|GOOGLE|FACEBOOK|OIDC)_[A-Z_]+[A-Z]\b/g) ?? [];

    expect(named.filter((variable) => !known.has(variable))).toEqual([]);
  });

  test.each(noticeKinds)('says which address to give Facebook for %s', (kind) => {
    expect(page).toContain(`ORIGIN/auth/facebook/${kind}`);
  });
});
