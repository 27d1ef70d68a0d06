import { HistoryLine } from '../components/history-line.tsx';
import { landingText } from './landing-text.ts';
import { historyText } from './history-text.ts';
import { sampleEntries, sampleNow } from './sample-register-text.ts';

/** What a history looks like, with somebody's invented entries: the product itself is the picture. */
export const SampleRegister = () => (
  <figure className="mx-auto w-full max-w-main rounded-corner border border-line bg-surface p-2 mid:p-4">
    <HistoryLine entries={sampleEntries} now={sampleNow} numberText={historyText.number} />
    <figcaption className="mt-2 text-small text-ink-soft">{landingText.sample}</figcaption>
  </figure>
);
