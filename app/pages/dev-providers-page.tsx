import { Button } from '../components/button.tsx';
import { Form } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { Mono } from '../components/mono.tsx';
import type { ProviderChoice } from '../components/provider-choice.ts';
import { ProviderMark } from '../components/provider-mark.tsx';
import { Time } from '../components/time.tsx';
import { devProvidersText as text } from './dev-providers-text.ts';

/** One thing a provider told. A secret comes as its length only: its value never reaches a page. */
export type ReturnedField =
  | { readonly name: string; readonly value: string | null }
  | { readonly name: string; readonly secretLength: number };

/** One answer of a provider. */
export interface ReturnedAnswer {
  /** Method and address. */
  readonly from: string;
  readonly status: number;
  readonly fields: readonly ReturnedField[];
}

export interface ProviderReturn {
  readonly provider: ProviderChoice;
  readonly issuer: string;
  /** What to register with the provider. */
  readonly callback: string;
  /** The last test sign-in since the start. */
  readonly last: {
    readonly at: string;
    /** The code of the fault, where it failed. */
    readonly fault: string | null;
    /** The identity that came of it. */
    readonly understood: readonly ReturnedField[];
    /** In the order in which they came. */
    readonly answers: readonly ReturnedAnswer[];
  } | null;
}

export interface DevProvidersPageProps {
  readonly returns: readonly ProviderReturn[];
  readonly csrf: string;
  readonly now: string;
}

const Value = ({ field }: { readonly field: ReturnedField }) => {
  if ('secretLength' in field) {
    return <span className="text-ink-soft">{text.hiddenLength(field.secretLength)}</span>;
  }
  if (field.value === null) return <span className="text-ink-soft">{text.absent}</span>;
  return <Mono>{field.value}</Mono>;
};

const Fields = ({ label, fields }: { label: string; fields: readonly ReturnedField[] }) => (
  <table className="mt-1.5 w-full border-t border-line text-start text-small">
    <caption className="sr-only">{label}</caption>
    <thead className="sr-only">
      <tr>
        <th scope="col">{text.field}</th>
        <th scope="col">{text.value}</th>
      </tr>
    </thead>
    <tbody className="divide-y divide-line">
      {fields.map((field) => (
        <tr key={field.name}>
          <th scope="row" className="w-[9rem] py-1 pe-2 text-start align-top font-normal">
            <Mono>{field.name}</Mono>
          </th>
          <td className="py-1 align-top">
            <Value field={field} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Answer = ({ answer }: { readonly answer: ReturnedAnswer }) => (
  <details className="mt-1.5 border-t border-line pt-1">
    <summary className="cursor-pointer py-1 text-small">
      <Mono>{`${answer.from} → ${answer.status}`}</Mono>
    </summary>
    <Fields label={answer.from} fields={answer.fields} />
  </details>
);

const Outcome = ({ last, now }: { last: NonNullable<ProviderReturn['last']>; now: string }) => (
  <p className={`flex gap-0.5 text-small ${last.fault ? 'text-danger' : 'text-safe'}`}>
    <Icon name={last.fault ? 'danger' : 'safe'} />
    <span>
      {last.fault ? text.failed : text.returned} <Time at={last.at} now={now} />
      {last.fault && (
        <>
          {': '}
          <Mono>{last.fault}</Mono>
        </>
      )}
    </span>
  </p>
);

const Provider = ({ shown, csrf, now }: { shown: ProviderReturn; csrf: string; now: string }) => {
  const { provider, issuer, callback, last } = shown;
  return (
    <section className="rounded-corner border border-line bg-surface p-2 mid:p-3">
      <h2 className="flex items-center gap-1.5 text-lead font-semibold">
        <ProviderMark provider={provider} className="size-3" />
        {provider.label}
      </h2>
      <dl className="mt-1 text-small text-ink-soft">
        <dt className="float-start me-1">{text.issuer}</dt>
        <dd className="text-ink">
          <Mono>{issuer}</Mono>
        </dd>
        <dt className="float-start me-1 clear-start">{text.callback}</dt>
        <dd className="text-ink">
          <Mono>{callback}</Mono>
        </dd>
      </dl>
      <Form csrf={csrf} hidden={{ provider: provider.name }} className="my-2">
        <Button kind="quiet">{text.test(provider.label)}</Button>
      </Form>
      {last ? (
        <>
          <Outcome last={last} now={now} />
          {last.understood.length > 0 && (
            <Fields label={text.understood} fields={last.understood} />
          )}
          {last.answers.map((answer, index) => (
            <Answer key={index} answer={answer} />
          ))}
        </>
      ) : (
        <p className="text-small text-ink-soft">{text.notYet}</p>
      )}
    </section>
  );
};

/** Development only: what each provider returned for a test sign-in. */
export const DevProvidersPage = ({ returns, csrf, now }: DevProvidersPageProps) => (
  <div className="mx-auto max-w-main">
    <h1 className="text-title font-semibold tracking-tight">{text.heading}</h1>
    <p className="mt-1 max-w-text text-ink-soft">{returns.length === 0 ? text.none : text.lead}</p>
    <div className="mt-4 grid gap-3">
      {returns.map((shown) => (
        <Provider key={shown.provider.name} shown={shown} csrf={csrf} now={now} />
      ))}
    </div>
  </div>
);
