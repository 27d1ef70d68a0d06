import { Mono } from '../components/mono.tsx';
import { SettingsFrame } from '../components/settings-frame.tsx';
import { EntrySteps, entryAddress } from './entry-steps.tsx';
import { momentText, rawText as text } from './moment-text.ts';
import { TextLink } from './narrow-page.tsx';

/** An event as it stands in the log, with its sealed part opened for its owner. */
export interface RawEvent {
  readonly revision: number;
  readonly last: number;
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly metadata: {
    readonly at: string;
    readonly v: number;
    readonly actor: string;
    readonly requestId: string;
    readonly chain: string;
  };
  /** Its data as JSON: `personal` opened, or `erased`. */
  readonly data: string;
  /** Beside the seal in clear: SHA-256 of salt and plaintext. */
  readonly commitment: string | undefined;
}

const factsOf = ({ type, revision, id, stream, metadata, commitment }: RawEvent) => [
  [text.type, type],
  [text.revision, String(revision)],
  [text.id, id],
  [text.stream, stream],
  [text.at, metadata.at],
  [text.actor, metadata.actor],
  [text.requestId, metadata.requestId],
  [text.version, String(metadata.v)],
  [text.chain, metadata.chain],
  ...(commitment === undefined ? [] : [[text.commitment, commitment]]),
];

/** One event whole, seal opened: for its owner, just after a proof. */
export const RawEventPage = (event: RawEvent) => (
  <SettingsFrame
    current="/settings/history"
    heading={text.title(event.revision)}
    lead={text.lead}
    wide
  >
    <dl className="grid max-w-main gap-x-3 gap-y-1 mid:grid-cols-[12rem_minmax(0,1fr)]">
      {factsOf(event).map(([name = '', value = '']) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd>
            <Mono>{value}</Mono>
          </dd>
        </div>
      ))}
    </dl>
    <section aria-labelledby="raw-data" className="max-w-main">
      <h2 id="raw-data" className="font-semibold">
        {text.data}
      </h2>
      <pre className="mt-1 rounded-corner border border-line bg-surface p-2 font-mono text-small whitespace-pre-wrap [overflow-wrap:anywhere]">
        {event.data}
      </pre>
    </section>
    <p className="flex flex-wrap gap-x-3 print:hidden">
      <TextLink href={entryAddress('at', event.revision)}>{momentText.moment}</TextLink>
      <TextLink href="/settings/history">{momentText.back}</TextLink>
    </p>
    <EntrySteps view="raw" revision={event.revision} last={event.last} />
  </SettingsFrame>
);
