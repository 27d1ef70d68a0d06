import { describe, expect, test, vi } from 'vitest';
import { BadCall, runVerb, type Verb } from '../../cli/run-verb.ts';

/** What a terminal is given by a verb that repeats what somebody else wrote. */
async function printed(verb: Verb, json: boolean): Promise<string> {
  const lines: string[] = [];
  const take = (line: unknown) => void lines.push(String(line));
  const log = vi.spyOn(console, 'log').mockImplementation(take);
  vi.mocked(console.error).mockImplementationOnce(take);
  await runVerb(verb, { words: [], options: {}, json });
  process.exitCode = 0;
  log.mockRestore();
  vi.mocked(console.error).mockClear();
  return lines.join('\n');
}

/** Clears the line and begins it anew; a C1 control; a sign that turns the line around. */
const hostile = '\u001b[2K\runtouched\u009b2J\u202e';
const told = '\\u001b[2K\\u000duntouched\\u009b2J\\u202e';

describe('what a verb repeats of an export or of a provider', () => {
  test('commands no terminal, and writes over no verdict', async () => {
    const text = `broken:\n\tby key ${hostile}`;
    const answer = () => Promise.resolve({ text, json: { keyId: hostile } });

    expect(await printed(answer, false)).toBe(`broken:\n\tby key ${told}`);
    const json = await printed(answer, true);
    expect(json).toContain('\\u009b2J\\u202e');
    expect(JSON.parse(json)).toEqual({ keyId: hostile });
  });

  test('nor does an error that names it', async () => {
    const fails = () => Promise.reject(new BadCall(`no provider ${hostile}`));

    expect(await printed(fails, false)).toBe(`latchkey: no provider ${told}`);
    expect(await printed(fails, true)).toContain('\\u009b2J\\u202e');
  });
});
