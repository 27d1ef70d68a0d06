import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Field } from '../components/field.tsx';
import { Form } from '../components/form.tsx';
import { bindFields, type FormState, type LabelledField } from '../components/form-state.ts';
import { Icon } from '../components/icon.tsx';
import { AuditFrame } from './audit-frame.tsx';
import { AuditStanding, type Standing } from './audit-standing.tsx';
import { auditText } from './audit-text.ts';

const text = auditText.search;

export type SearchField = 'by' | 'value';

const fields: readonly LabelledField<SearchField>[] = [
  ['by', text.by],
  ['value', text.value],
];

export interface SearchChoice {
  readonly value: string;
  readonly label: string;
}

export interface AuditSearchPageProps {
  readonly state: FormState<SearchField>;
  readonly choices: readonly SearchChoice[];
  readonly standing: Standing;
}

type ByProps = Pick<AuditSearchPageProps, 'choices'> & {
  readonly value: string | undefined;
  readonly error: string | undefined;
};

const By = ({ choices, value, error }: ByProps) => (
  <div>
    <label htmlFor="by" className="inline-block font-medium">
      {text.by}
    </label>
    <p id="by-hint" className="text-small text-ink-soft">
      {text.hint}
    </p>
    <select
      id="by"
      name="by"
      defaultValue={value}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? 'by-hint by-error' : 'by-hint'}
      className="mt-0.5 block min-h-6 w-full rounded-corner border border-edge bg-surface px-1.5 py-1 text-ink hover:border-ink"
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
    {error && (
      <p id="by-error" className="mt-0.5 flex gap-0.5 text-small text-danger">
        <Icon name="danger" />
        {error}
      </p>
    )}
  </div>
);

/** Finds one account by the whole of what it is known by; says where the lookups stand that find it. */
export const AuditSearchPage = ({ state, choices, standing }: AuditSearchPageProps) => {
  const { field, wrong } = bindFields(state, fields);
  return (
    <AuditFrame current="/audit" heading={text.title} lead={text.lead}>
      <div>
        <ErrorSummary alert={state.alert} wrong={wrong} />
        <Form csrf={state.csrf} action="/audit" className="grid gap-3">
          <By choices={choices} value={state.values?.by} error={state.errors?.by} />
          <Field {...field('value')} autoComplete="off" />
          <div>
            <Button>{text.submit}</Button>
          </div>
        </Form>
      </div>
      <AuditStanding {...standing} />
    </AuditFrame>
  );
};
