import { describe, expect, test } from 'vitest';
import { askedSections } from '../../bench/asked-sections.ts';
import type { BenchSection } from '../../bench/sections.ts';

const sectionOf = (name: string, server = false): BenchSection => ({
  name,
  measure: () => Promise.reject(new Error('nothing is measured here')),
  seconds: [1, 1],
  server,
});
const all = [sectionOf('embedded'), sectionOf('eventstore', true), sectionOf('peers')];
const names = (only?: string) => askedSections(all, only).map(({ name }) => name);

describe('the sections of a run', () => {
  test('are all that need no server, without a name', () => {
    expect(names()).toEqual(['embedded', 'peers']);
  });

  test('are those that are named, in the order of the list', () => {
    expect(names('peers,embedded')).toEqual(['embedded', 'peers']);
    expect(names('eventstore')).toEqual(['eventstore']);
  });

  test('are none of an unknown name: it says which there are', () => {
    expect(() => names('peers,nothing')).toThrow(
      'no section is called nothing; there are embedded, eventstore, peers',
    );
  });
});
