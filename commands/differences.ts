/** One thing that is other than it was. `was` and `is` are absent where it was not, or is not. */
export interface Difference {
  /** As in `methods` or `profile.name`. */
  readonly path: string;
  readonly was?: unknown;
  readonly is?: unknown;
}

/** What differs between two states. Lists are sets here: what left and what came, whatever its place. */
export function differences(was: unknown, is: unknown, path = ''): readonly Difference[] {
  if (same(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) return listDifferences(was, is, path);
  if (isRecord(was) && isRecord(is)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.flatMap((name) =>
      differences(was[name], is[name], path === '' ? name : `${path}.${name}`),
    );
  }
  return [{ path, ...(was !== undefined && { was }), ...(is !== undefined && { is }) }];
}

const listDifferences = (
  was: readonly unknown[],
  is: readonly unknown[],
  path: string,
): readonly Difference[] => [
  ...was.filter((one) => !is.some((other) => same(one, other))).map((one) => ({ path, was: one })),
  ...is.filter((one) => !was.some((other) => same(one, other))).map((one) => ({ path, is: one })),
];

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
