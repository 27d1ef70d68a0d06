import { Mono } from '../components/mono.tsx';
import { errorText as text } from './error-text.ts';

export interface ExplanationProps {
  readonly happened: string;
  readonly safe: string;
  readonly next: string;
  /** Minted by the server for this request; what an operator finds in the logs. */
  readonly requestId?: string | undefined;
}

const rowClass = 'py-2 mid:grid mid:grid-cols-[10rem_1fr]';

/** What happened, what is safe, what to do, and the number of the request. */
export const Explanation = ({ happened, safe, next, requestId }: ExplanationProps) => {
  const lines = [
    [text.happened, happened],
    [text.safe, safe],
    [text.next, next],
  ] as const;
  return (
    <dl className="mt-3 divide-y divide-line border-y border-line">
      {lines.map(([term, sentence]) => (
        <div key={term} className={rowClass}>
          <dt className="text-ink-soft">{term}</dt>
          <dd>{sentence}</dd>
        </div>
      ))}
      {requestId && (
        <div className={rowClass}>
          <dt className="text-ink-soft">{text.request}</dt>
          <dd>
            <Mono>{requestId}</Mono>
          </dd>
        </div>
      )}
    </dl>
  );
};
