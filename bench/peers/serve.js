import { paceOf } from '../measure.ts';

/**
 * Lets the process that started this one set the pace: each message names a verb and how often and how many at once,
 * each answer is how fast it went, measured here so that neither side's event loop stands in the other's way.
 * @param {Readonly<Record<string, () => Promise<unknown>>>} verbs
 */
export function serve(verbs) {
  process.on('message', async ({ verb, load }) => {
    try {
      process.send?.({ pace: await paceOf(verbs[verb], load) });
    } catch (error) {
      process.send?.({ failed: String(error) });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}
