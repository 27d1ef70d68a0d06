import { useState } from 'react';
import { Field, type FieldProps } from './field.tsx';
import { frameText } from './frame-text.ts';
import { Icon } from './icon.tsx';
import { useHydrated } from './use-hydrated.ts';

export type PasswordFieldProps = Omit<
  FieldProps,
  'type' | 'inside' | 'value' | 'inputMode' | 'autoComplete' | 'dir'
> & { readonly autoComplete: 'current-password' | 'new-password' };

/** A password: pasted freely, never sent back. With scripts it can be shown; the room for that button is always kept. */
export const PasswordField = (props: PasswordFieldProps) => {
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  const toggle = hydrated && (
    <button
      type="button"
      aria-pressed={shown}
      aria-label={frameText.showPassword(props.label)}
      onClick={() => setShown(!shown)}
      className="absolute inset-y-0 end-0 grid w-6 place-items-center rounded-corner text-ink-soft hover:text-ink"
    >
      <Icon name={shown ? 'hide' : 'show'} />
    </button>
  );
  return (
    <Field
      {...props}
      value={undefined}
      type={shown ? 'text' : 'password'}
      inside={toggle || <span />}
    />
  );
};
