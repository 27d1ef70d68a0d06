import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { expectConsoleError } from '../support/console-guard.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { runCommand } from './run-command.ts';

describe('a command', () => {
  test('answers its own exit code', async () => {
    expect(await runCommand('exit 0', 10_000)).toBe(0);
    expect(await runCommand('exit 7', 10_000)).toBe(7);
  });

  test('sees the variables it was given', async () => {
    expect(await runCommand('exit $CODE', 10_000, { CODE: '4' })).toBe(4);
  });

  test('is ended at its limit, with what it started', async () => {
    expectConsoleError(/^\(sleep .+: ended after 0.2 s$/);
    const late = join(temporaryDirectory(), 'late');

    expect(await runCommand(`(sleep 0.6; touch '${late}') & wait`, 200)).toBe(1);
    await setTimeout(800);
    expect(existsSync(late)).toBe(false);
  });

  test('fails when it does not exist', async () => {
    expect(await runCommand('no-such-command-here 2>/dev/null', 10_000)).not.toBe(0);
  });
});
