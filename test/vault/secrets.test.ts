import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeSecrets, openSecrets, type SecretsOptions } from '../../vault/secrets.ts';
import { temporaryDirectory } from './open-test-vault.ts';
import { runTogether } from './run-together.ts';

/** Fresh secrets in the form in which the environment gives them. */
function freshSecrets() {
  const made = makeSecrets();
  return {
    masterKeys: made['LATCHKEY_MASTER_KEYS'] ?? '',
    pepper: made['LATCHKEY_PEPPER'] ?? '',
    cookieSecrets: made['LATCHKEY_COOKIE_SECRETS'] ?? '',
  };
}

const production = (given: SecretsOptions['given']): SecretsOptions => ({
  given,
  development: false,
  dataDir: '/nonexistent',
});

/** What opening throws. */
function faultOf(options: SecretsOptions): { code?: unknown; message: string } {
  try {
    openSecrets(options);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

describe('secrets that are given', () => {
  test('are read as `latchkey init` printed them; nothing is written', () => {
    const secrets = openSecrets(production(freshSecrets()));

    expect(secrets.masterKeys[0]?.key).toHaveLength(32);
    expect(secrets.pepper).toHaveLength(32);
    expect(secrets.cookieSecrets).toHaveLength(1);
    expect(secrets.file).toBeNull();
  });

  test('keep their order: the first master key and cookie secret are the newest', () => {
    const [one, other] = [freshSecrets(), freshSecrets()];

    const secrets = openSecrets(
      production({
        ...one,
        masterKeys: `${one.masterKeys}, ${other.masterKeys}`,
        cookieSecrets: `${one.cookieSecrets},${other.cookieSecrets}`,
      }),
    );

    expect(secrets.masterKeys.map(({ id }) => id)).toEqual([
      one.masterKeys.split(':')[0],
      other.masterKeys.split(':')[0],
    ]);
    expect(secrets.cookieSecrets[0]?.toString()).toBe(one.cookieSecrets);
  });

  test.each([
    ['masterKeys', 'LATCHKEY_MASTER_KEYS', 'm1'],
    ['masterKeys', 'LATCHKEY_MASTER_KEYS', 'm1:dG9vIHNob3J0'],
    ['masterKeys', 'LATCHKEY_MASTER_KEYS', `m 1:${'A'.repeat(43)}`],
    ['masterKeys', 'LATCHKEY_MASTER_KEYS', ' , '],
    ['pepper', 'LATCHKEY_PEPPER', 'hunter2'],
    ['pepper', 'LATCHKEY_PEPPER', `${'A'.repeat(42)}+`],
    ['cookieSecrets', 'LATCHKEY_COOKIE_SECRETS', 'short'],
    ['cookieSecrets', 'LATCHKEY_COOKIE_SECRETS', `${'a'.repeat(32)},short`],
    ['cookieSecrets', 'LATCHKEY_COOKIE_SECRETS', ','],
  ])('in a wrong form are refused by name, without the value: %s', (field, variable, value) => {
    const fault = faultOf(production({ ...freshSecrets(), [field]: value }));

    expect(fault).toMatchObject({ code: 'secrets-invalid' });
    expect(fault.message).toContain(variable);
    if (value.trim().length > 2) expect(fault.message).not.toContain(value);
  });

  test('that repeat one key for two purposes are refused (H18)', () => {
    const secrets = freshSecrets();

    for (const reused of [
      { ...secrets, masterKeys: `m1:${secrets.pepper}` },
      { ...secrets, cookieSecrets: secrets.pepper },
      { ...secrets, cookieSecrets: secrets.masterKeys.split(':')[1] },
    ]) {
      expect(faultOf(production(reused))).toMatchObject({ code: 'secrets-invalid' });
    }
  });
});

describe('secrets that are missing', () => {
  test('stop a start outside development, each named, with the command that makes them (H8)', () => {
    const { pepper } = freshSecrets();

    const fault = faultOf(production({ pepper }));

    expect(fault).toMatchObject({ code: 'secrets-missing' });
    expect(fault.message).toBe(
      'LATCHKEY_MASTER_KEYS, LATCHKEY_COOKIE_SECRETS must be set. `npm run latchkey -- init` prints fresh secrets.',
    );
  });

  test('are made up under development rules, once, in a file only its owner reads', () => {
    const dataDir = join(temporaryDirectory(), 'data');
    const options = { given: {}, development: true, dataDir };

    const first = openSecrets(options);
    const second = openSecrets(options);

    const path = join(dataDir, 'secrets.json');
    expect(first.file).toEqual({ path, isNew: true });
    expect(second).toEqual({ ...first, file: { path, isNew: false } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
  });

  test('are taken from the file only where none are given', () => {
    const dataDir = temporaryDirectory();
    const { pepper } = freshSecrets();

    const mixed = openSecrets({ given: { pepper }, development: true, dataDir });

    expect(mixed.pepper.toString('base64url')).toBe(pepper);
    const unset = { masterKeys: undefined, pepper: undefined, cookieSecrets: undefined };
    const own = openSecrets({ given: unset, development: true, dataDir });
    expect(own.pepper).not.toEqual(mixed.pepper);
    expect(own.masterKeys).toEqual(mixed.masterKeys);
  });

  test('never come from a file outside development', () => {
    const dataDir = temporaryDirectory();
    openSecrets({ given: {}, development: true, dataDir });

    expect(faultOf({ given: {}, development: false, dataDir })).toMatchObject({
      code: 'secrets-missing',
    });
  });

  test('stop a start that finds half a file, which is left as it is', () => {
    const dataDir = temporaryDirectory();
    const path = join(dataDir, 'secrets.json');
    writeFileSync(path, '{"pepper":"s3cret');

    const fault = faultOf({ given: {}, development: true, dataDir });

    expect(fault).toMatchObject({ code: 'secrets-invalid' });
    expect(fault.message).not.toContain('s3cret');
    expect(readFileSync(path, 'utf8')).toBe('{"pepper":"s3cret');
  });

  test('stop a start that cannot write them', () => {
    const dataDir = join(temporaryDirectory(), 'file');
    writeFileSync(dataDir, '');
    chmodSync(dataDir, 0o400);

    expect(faultOf({ given: {}, development: true, dataDir: join(dataDir, 'data') })).toMatchObject(
      {
        code: 'unavailable',
      },
    );
  });

  test('are the same for all processes that start at once (F9)', async () => {
    const dataDir = join(temporaryDirectory(), 'data');
    mkdirSync(dataDir);
    const lists = Array.from({ length: 4 }, () => [dataDir]);

    const answers = await runTogether('./secrets-process.ts', lists);

    const seen = answers.map((answer) => JSON.parse(answer) as [string, boolean]);
    expect(new Set(seen.map(([pepper]) => pepper)).size).toBe(1);
    expect(seen.filter(([, isNew]) => isNew)).toHaveLength(1);
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
  });
});
