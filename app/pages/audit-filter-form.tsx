import { buttonClass } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import {
  auditActorChoices,
  auditFilterSentence,
  auditFilterText as text,
  auditKinds,
  type AuditFilter,
  type AuditFilterErrors,
} from './audit-filter.ts';

export interface AuditFilterFormProps {
  /** The page it narrows. */
  readonly action: string;
  readonly filter: AuditFilter;
  readonly errors: AuditFilterErrors;
}

const controlClass =
  'min-h-6 w-full rounded-corner border border-edge bg-surface px-1 py-1 text-ink hover:border-ink aria-invalid:border-2 aria-invalid:border-danger mid:w-auto';
const partClass = 'grid gap-0.5 mid:flex mid:items-center mid:gap-1';

interface ChoiceProps extends AuditFilterFormProps {
  readonly name: 'kind' | 'actor';
  readonly all: string;
  readonly choices: Readonly<Record<string, string>>;
}

const marks = (name: keyof AuditFilter, { errors }: Pick<AuditFilterFormProps, 'errors'>) => ({
  id: name,
  name,
  'aria-invalid': errors[name] !== undefined || undefined,
  'aria-describedby': errors[name] === undefined ? undefined : `${name}-error`,
  className: controlClass,
});

const Choice = ({ name, all, choices, ...form }: ChoiceProps) => {
  const chosen = form.filter[name];
  const own = chosen !== '' && !Object.hasOwn(choices, chosen);
  return (
    <div className={partClass}>
      <label htmlFor={name} className="font-medium mid:whitespace-nowrap">
        {text[name]}
      </label>
      <select {...marks(name, form)} defaultValue={chosen}>
        <option value="">{all}</option>
        {Object.entries(choices).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        {own && <option value={chosen}>{chosen}</option>}
      </select>
    </div>
  );
};

const Day = ({ name, ...form }: AuditFilterFormProps & { readonly name: 'from' | 'to' }) => (
  <div className={partClass}>
    <label htmlFor={name} className="font-medium">
      {text[name]}
    </label>
    <input {...marks(name, form)} type="date" defaultValue={form.filter[name]} />
  </div>
);

/**
 * What is shown, as a sentence; opened, as the same sentence with gaps. No gap takes words of a person: its fields stand
 * in the address.
 */
export const AuditFilterForm = (form: AuditFilterFormProps) => {
  const wrong = Object.keys(form.errors).length > 0;
  return (
    // The fields are as the address says, also where it changed without a new document.
    <details key={JSON.stringify(form.filter)} open={wrong} className="print:hidden">
      <summary className="min-h-6 cursor-pointer content-center">
        {auditFilterSentence(form.filter)}{' '}
        <span className="ms-1 text-brass underline underline-offset-4">{text.change}</span>
      </summary>
      <form
        role="search"
        method="get"
        action={form.action}
        noValidate
        aria-label={text.legend}
        className="grid gap-1.5 py-2 mid:flex mid:flex-wrap mid:items-center"
      >
        <Choice {...form} name="kind" all={text.everything} choices={auditKinds} />
        <Choice {...form} name="actor" all={text.anybody} choices={auditActorChoices} />
        <Day {...form} name="from" />
        <Day {...form} name="to" />
        <button type="submit" className={buttonClass('quiet')}>
          {text.submit}
        </button>
        {wrong && <Errors errors={form.errors} />}
      </form>
    </details>
  );
};

const Errors = ({ errors }: Pick<AuditFilterFormProps, 'errors'>) => (
  <div role="alert" className="basis-full">
    {Object.entries(errors).map(([name, words]) => (
      <p key={name} id={`${name}-error`} className="flex gap-0.5 text-small text-danger">
        <Icon name="danger" />
        {words}
      </p>
    ))}
  </div>
);
