import { parseArgs } from 'node:util';
import { measureEmbedded } from './embedded-section.ts';
import { measureEventStore } from './eventstore-section.ts';
import { asMarkdown, record } from './figures.ts';
import { benchOf } from './sections.ts';

const { values } = parseArgs({
  options: {
    eventstore: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** Writes the figures into bench/README.md too. */
    record: { type: 'boolean', default: false },
  },
});

const bench = benchOf(values.quick, (doing) => console.error(doing));
const measure = values.eventstore ? measureEventStore : measureEmbedded;
const section = await measure(bench);
const table = asMarkdown(section, bench.runs);
console.log(table);
if (values.record) record(section.name, table);
