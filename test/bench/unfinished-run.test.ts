import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Figure } from '../../bench/figures.ts';
import { UnfinishedRun } from '../../bench/unfinished-run.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let path = '';
beforeEach(() => {
  path = join(temporaryDirectory(), 'bench', 'full.json');
});

const took = (amount: number): Figure => ({
  work: 'memory',
  load: '',
  cost: '',
  amounts: [amount],
  unit: 'MB',
});
const never = () => Promise.reject(new Error('measured again'));

describe('an unfinished run', () => {
  test('has in its file every row as soon as it is measured', async () => {
    await new UnfinishedRun(path, 'code').rows('some: memory', async () => [took(7)]);

    expect(await new UnfinishedRun(path, 'code').rows('some: memory', never)).toEqual([took(7)]);
    expect(new UnfinishedRun(path, 'code')).toMatchObject({ size: 1, dropped: undefined });
  });

  test('keeps sections that were measured to their end, with the day', () => {
    const section = { name: 'some', versions: 'SQLite 3', figures: [took(7)] };
    new UnfinishedRun(path, 'code').finished({ section, on: '2026-11-22' });

    const later = new UnfinishedRun(path, 'code');

    expect(later.section('some')).toEqual({ section, on: '2026-11-22' });
    expect(later.section('other')).toBeUndefined();
  });

  test('drops figures of other code, and says so', async () => {
    await new UnfinishedRun(path, 'code').rows('some: memory', async () => [took(7)]);

    const later = new UnfinishedRun(path, 'other code');

    expect(later.dropped).toContain('other code');
    expect(await later.rows('some: memory', async () => [took(8)])).toEqual([took(8)]);
  });

  test.each(['{"of":"code","rows":{"a', '{"of":"code"}', ''])(
    'begins anew where its file is %j, and says so',
    async (text) => {
      await new UnfinishedRun(path, 'code').rows('some: memory', async () => [took(7)]);
      writeFileSync(path, text);

      const later = new UnfinishedRun(path, 'code');

      expect(later.size).toBe(0);
      expect(later.dropped).toContain('could not be read');
    },
  );

  test('says nothing where there was none', () => {
    expect(new UnfinishedRun(path, 'code').dropped).toBeUndefined();
  });

  test('keeps nothing of a row that failed, or that came to no number', async () => {
    const run = new UnfinishedRun(path, 'code');
    await run.rows('some: first', async () => [took(7)]);
    const before = readFileSync(path, 'utf8');

    await expect(run.rows('some: second', never)).rejects.toThrow('measured again');
    await expect(run.rows('some: third', async () => [took(Number.NaN)])).rejects.toThrow();

    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('leaves the file as it was until the next one is whole', async () => {
    const run = new UnfinishedRun(path, 'code');
    await run.rows('some: first', async () => [took(7)]);
    // As where it was stopped in the middle of writing.
    writeFileSync(`${path}.new`, '{"of":"co');

    expect(new UnfinishedRun(path, 'code').size).toBe(1);
    await run.rows('some: second', async () => [took(8)]);
    expect(new UnfinishedRun(path, 'code').size).toBe(2);
    expect(readdirSync(join(path, '..'))).toEqual(['full.json']);
  });

  test('is gone when it ends', async () => {
    const run = new UnfinishedRun(path, 'code');
    await run.rows('some: first', async () => [took(7)]);
    run.end();

    expect(existsSync(path)).toBe(false);
    expect(new UnfinishedRun(path, 'code')).toMatchObject({ size: 0, dropped: undefined });
  });
});
