import { parseArgs } from 'node:util';
import { measureEmbedded } from './embedded-section.ts';
import { measureEventStore } from './eventstore-section.ts';
import { asMarkdown, record } from './figures.ts';
import { measurePeers } from './peers-section.ts';
import { benchOf } from './sections.ts';

const { values } = parseArgs({
  options: {
    eventstore: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Writes the figures into bench/README.md too. */
    record: { type: 'boolean', default: false },
  },
});

const bench = benchOf(values.quick, (doing) => console.error(doing));
/** Without a name: all that need no server. */
const measures = values.eventstore
  ? [measureEventStore]
  : values.peers
    ? [measurePeers]
    : [measureEmbedded, measurePeers];
for (const measure of measures) {
  const section = await measure(bench);
  const table = asMarkdown(section, bench.runs);
  console.log(table);
  if (values.record) record(section.name, table);
}
