import type { BackgroundEvent, Deps } from './deps.ts';

/** Lets work finish after the answer; a failure is reported, never lost. */
export function inBackground(
  { report }: Pick<Deps, 'report'>,
  what: BackgroundEvent['what'],
  work: () => Promise<unknown>,
): void {
  void work().catch((error: unknown) => report({ what, error }));
}
