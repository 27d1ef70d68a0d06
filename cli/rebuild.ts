import { rebuildLookups } from '../projections/rebuild.ts';
import { progress } from './progress.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

/** Makes the lookups again while the app goes on; interrupting it leaves the live ones as they were. */
export async function rebuild({ open, interactive }: Call): Promise<VerbAnswer> {
  const { log } = await open();
  const bar = progress('rebuilding', interactive);
  let events = 0;
  const started = performance.now();
  const { differed } = await rebuildLookups(log.rebuilding, (told) => {
    events = told.events;
    bar.to(Number(told.position), Number(told.head), events);
  });
  bar.end();
  const seconds = (performance.now() - started) / 1000;
  const found = differed ? 'They differed from the live ones.' : 'They equal what was live.';
  return {
    text: `lookups rebuilt from ${events} events in ${seconds.toFixed(1)} s. ${found}`,
    json: { events, seconds, differed },
  };
}
