import type { BenchSection } from './sections.ts';

/** The sections of these names, with commas between, in the order of the list; without names all that need no server. */
export function askedSections(
  all: readonly BenchSection[],
  only: string | undefined,
): readonly BenchSection[] {
  if (only === undefined) return all.filter(({ server }) => !server);
  const names = only.split(',');
  const unknown = names.filter((name) => all.every((one) => one.name !== name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ');
    throw new Error(`no section is called ${unknown.join(', ')}; there are ${known}`);
  }
  return all.filter(({ name }) => names.includes(name));
}
