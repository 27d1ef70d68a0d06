import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS } from './borders.ts';

const ROOT = join(import.meta.dirname, '../..');
const kept = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

describe('the image', () => {
  test('gets every room of the house', () => {
    expect([...ROOMS].filter((room) => !kept.includes(room))).toEqual([]);
  });

  test('gets nothing that a machine keeps for itself', () => {
    const own = ['.env', 'latchkey.env', 'data', 'node_modules', '.git', 'test', 'build'];

    expect(own.filter((path) => kept.includes(path))).toEqual([]);
  });
});
