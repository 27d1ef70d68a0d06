import { Icon } from '../components/icon.tsx';
import { buttonClass } from '../components/button.tsx';
import {
  filterSentence,
  filterText as text,
  kindGroups,
  type HistoryFilter,
} from './history-filter.ts';

export interface HistoryFilterFormProps {
  readonly filter: HistoryFilter;
  readonly errors: Partial<Record<keyof HistoryFilter, string>>;
}

const controlClass =
  'min-h-6 w-full rounded-corner border border-edge bg-surface px-1 py-1 text-ink hover:border-ink aria-invalid:border-2 aria-invalid:border-danger mid:w-auto';

const marks = (name: keyof HistoryFilter, { errors }: HistoryFilterFormProps) => ({
  id: name,
  name,
  'aria-invalid': errors[name] !== undefined || undefined,
  'aria-describedby': errors[name] === undefined ? undefined : `${name}-error`,
});

const Kind = (form: HistoryFilterFormProps) => {
  const { kind } = form.filter;
  const groups = Object.entries(kindGroups);
  const own = kind !== '' && !groups.some(([value]) => value === kind);
  return (
    <select {...marks('kind', form)} defaultValue={kind} className={controlClass}>
      <option value="">{text.everything}</option>
      {groups.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
      {own && <option value={kind}>{kind}</option>}
    </select>
  );
};

const errorOrder = ['kind', 'from', 'to', 'text'] as const;

const Errors = ({ errors }: Pick<HistoryFilterFormProps, 'errors'>) =>
  errorOrder.map(
    (name) =>
      errors[name] !== undefined && (
        <p key={name} id={`${name}-error`} className="flex gap-0.5 text-small text-danger">
          <Icon name="danger" />
          {errors[name]}
        </p>
      ),
  );

const partClass = 'grid gap-0.5 mid:flex mid:items-center mid:gap-1';

const Fields = (form: HistoryFilterFormProps) => {
  const words = (name: keyof HistoryFilter, label: string) => (
    <label htmlFor={name} className="font-medium mid:whitespace-nowrap">
      {label}
    </label>
  );
  return (
    <>
      <div className={partClass}>
        {words('kind', text.kind)}
        <Kind {...form} />
      </div>
      {(['from', 'to'] as const).map((name) => (
        <div key={name} className={partClass}>
          {words(name, text[name])}
          <input
            {...marks(name, form)}
            type="date"
            defaultValue={form.filter[name]}
            className={controlClass}
          />
        </div>
      ))}
      <div className={partClass}>
        {words('text', text.text)}
        <input
          {...marks('text', form)}
          type="search"
          dir="auto"
          autoComplete="off"
          defaultValue={form.filter.text}
          className={controlClass}
        />
      </div>
    </>
  );
};

/**
 * What is shown, as a sentence; opened, as the same sentence with gaps. Its fields stand in the address, so that a
 * history narrowed can be kept.
 */
export const HistoryFilterForm = (form: HistoryFilterFormProps) => {
  const { filter, errors } = form;
  const wrong = Object.keys(errors).length > 0;
  return (
    // The fields are as the address says, also where it changed without a new document.
    <details key={JSON.stringify(filter)} open={wrong} className="open:basis-full">
      <summary className="min-h-6 cursor-pointer content-center">
        {filterSentence(filter)}{' '}
        <span className="ms-1 text-brass underline underline-offset-4">{text.change}</span>
      </summary>
      <form
        role="search"
        method="get"
        action="/settings/history"
        noValidate
        aria-label={text.legend}
        className="grid gap-1.5 py-2 mid:flex mid:flex-wrap mid:items-center"
      >
        <Fields {...form} />
        <button type="submit" className={buttonClass('quiet')}>
          {text.submit}
        </button>
        {wrong && (
          <div role="alert" className="basis-full">
            <Errors errors={errors} />
          </div>
        )}
      </form>
    </details>
  );
};
