import { buttonClass } from '../components/button.tsx';
import { errorText as text, errorWords, type ErrorKind } from './error-text.ts';
import { Explanation } from './explanation.tsx';

export interface ErrorPageProps {
  readonly kind: ErrorKind;
  /** Minted by the server for this request; what an operator finds in the logs. */
  readonly requestId?: string | undefined;
  /** The refusal's own sentence, in place of the general one. */
  readonly happened?: string | undefined;
  /** Code of a refusal. */
  readonly refusal?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** A page of ours that leads on. */
  readonly back?: string | undefined;
}

const kinds: Readonly<Record<number, ErrorKind>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  405: 'bad-request',
  409: 'refused',
  413: 'bad-request',
  429: 'too-many',
  503: 'unavailable',
};

/** The page that fits a status; whatever nobody thought of is `broken`. */
export const errorKindOf = (status: number): ErrorKind => kinds[status] ?? 'broken';

/** Says what happened, what is safe, what to do, and carries the request id. */
export const ErrorPage = (props: ErrorPageProps) => {
  const { kind, requestId, happened, refusal, retryAfterSeconds, back } = props;
  const words = errorWords[kind];
  const next = retryAfterSeconds === undefined ? words.next : text.waitThenTry(retryAfterSeconds);
  return (
    <div className="mx-auto max-w-text mid:pt-3" data-refusal={refusal} data-error={kind}>
      <h1 className="text-title font-semibold tracking-tight">{words.title}</h1>
      <Explanation
        happened={happened ?? words.happened}
        safe={words.safe}
        next={next}
        requestId={requestId}
      />
      <p className="mt-4">
        <a href={back ?? '/'} className={buttonClass('primary')}>
          {back ? text.back : text.home}
        </a>
      </p>
    </div>
  );
};
