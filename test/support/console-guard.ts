import { afterEach, beforeEach, expect, vi } from 'vitest';

const announced: RegExp[] = [];
const said: string[] = [];

/** Says beforehand which `console.error` or `console.warn` this test is about; any other fails it. */
export function expectConsoleError(text: RegExp): void {
  announced.push(text);
}

beforeEach(() => {
  announced.length = 0;
  said.length = 0;
  const note = (...parts: unknown[]) => void said.push(parts.map(String).join(' '));
  vi.spyOn(console, 'error').mockImplementation(note);
  vi.spyOn(console, 'warn').mockImplementation(note);
});

afterEach(() => {
  vi.mocked(console.error).mockRestore();
  vi.mocked(console.warn).mockRestore();
  const surprises = said.filter((text) => !announced.some((pattern) => pattern.test(text)));
  const unheard = announced.filter((pattern) => !said.some((text) => pattern.test(text)));

  expect(surprises, 'said on the console and not announced').toEqual([]);
  expect(unheard, 'announced and not said').toEqual([]);
});
