import { measureActions } from './actions-section.ts';
import type { Bench } from './bench.ts';
import { measureCommands } from './command-section.ts';
import { measureEmbedded } from './embedded-section.ts';
import { measureEventStore } from './eventstore-section.ts';
import type { Section } from './figures.ts';
import { measureHashes } from './hash-section.ts';
import { measureHistory } from './history-section.ts';
import { measurePages } from './pages-section.ts';
import { measurePeers } from './peers-section.ts';
import { measureSizes } from './sizes-section.ts';
import { measureStart } from './start-section.ts';

/** Rows that share what must be opened and filled before them. */
export interface BenchSection {
  /** What `--only` calls it; its table stands in bench/README.md between marks of that name. */
  readonly name: string;
  readonly measure: (bench: Bench) => Promise<Section>;
  /** About how long it takes on two cores, quick and in full: for the bar, and to keep quick ones quick. */
  readonly seconds: readonly [quick: number, full: number];
  /** Measured only where it is asked for, since it needs a server. */
  readonly server?: boolean;
}

/** Everything the bench measures, in this order. */
export const sections: readonly BenchSection[] = [
  { name: 'peers', measure: measurePeers, seconds: [20, 600] },
  { name: 'commands', measure: measureCommands, seconds: [10, 60] },
  { name: 'actions', measure: measureActions, seconds: [30, 240] },
  { name: 'pages', measure: measurePages, seconds: [20, 120] },
  { name: 'hashes', measure: measureHashes, seconds: [40, 180] },
  { name: 'start', measure: measureStart, seconds: [10, 180] },
  { name: 'sizes', measure: measureSizes, seconds: [25, 1_200] },
  { name: 'history', measure: measureHistory, seconds: [10, 20] },
  { name: 'embedded', measure: measureEmbedded, seconds: [10, 60] },
  { name: 'eventstore', measure: measureEventStore, seconds: [30, 120], server: true },
];
