/** A projector as a process of its own, to be killed and paused: `projector-process.ts URL PREFIX READ-MODEL`. */
import { openEsdbEventStore } from '../../eventstore/esdb-event-store.ts';
import { Projector } from '../../projections/projector.ts';
import { ReadModelFile } from '../../projections/read-model-file.ts';

const [url = '', prefix = '', path = ''] = process.argv.slice(2);
const store = await openEsdbEventStore({ url, prefix });
const model = await ReadModelFile.open(path);
const projector = new Projector({
  store,
  model,
  logId: 'log-1',
  seen: () => undefined,
  report: (error) => console.log(`fault ${error instanceof Error ? error.message : ''}`),
  alsoWhileHolding: async (held) => {
    console.log('holds the lease');
    held.addEventListener('abort', () => console.log('lost the lease'));
  },
});
await projector.run(new AbortController().signal);
