import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes, ReactNode } from 'react';
import { Icon } from './icon.tsx';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: 'email' | 'text';
  readonly required?: boolean;
  /** Where two forms of a page have a field of one name. */
  readonly id?: string;
  /** Takes the focus when the page opens: the first field that was not accepted. */
  readonly focus?: boolean;
  /** Names are written in any direction; handles and addresses from left to right. */
  readonly dir?: 'auto' | 'ltr';
  /** What sits inside the right end of the field. */
  readonly inside?: ReactNode;
}

const inputClass =
  'block min-h-6 w-full rounded-corner border border-edge bg-surface px-1.5 py-1 text-ink hover:border-ink aria-invalid:border-2 aria-invalid:border-danger';

/** Spelling help, big first letters and corrections have no place in handles, addresses and passwords. */
const literal = { autoCapitalize: 'none', autoCorrect: 'off', spellCheck: false } as const;

function describe(id: string, { hint, error }: FieldProps): string | undefined {
  const parts = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''];
  return parts.filter(Boolean).join(' ') || undefined;
}

function inputOf(id: string, field: FieldProps): InputHTMLAttributes<HTMLInputElement> {
  const { name, value, type = 'text', autoComplete, inputMode, required = true } = field;
  return {
    id,
    name,
    type,
    autoComplete,
    inputMode,
    required,
    defaultValue: value,
    dir: field.dir ?? 'ltr',
    'aria-invalid': field.error ? true : undefined,
    'aria-describedby': describe(id, field),
    ...(field.dir === 'auto' ? {} : literal),
  };
}

/** Label above, hint under the label, message under the field. */
export const Field = (field: FieldProps) => {
  const { label, hint, error, inside, focus = false } = field;
  const id = field.id ?? field.name;
  return (
    <div>
      <label htmlFor={id} className="inline-block font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-ink-soft">
          {hint}
        </p>
      )}
      <div className="relative mt-0.5">
        <input
          {...inputOf(id, field)}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the page was sent back because of this field
          autoFocus={focus}
          className={`${inputClass} ${inside ? 'pe-7' : ''}`}
        />
        {inside}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-0.5 flex gap-0.5 text-small text-danger">
          <Icon name="danger" />
          {error}
        </p>
      )}
    </div>
  );
};
