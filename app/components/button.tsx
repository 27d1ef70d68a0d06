import type { ReactNode } from 'react';
import { useBusy } from './form.tsx';

export type ButtonKind = 'primary' | 'quiet' | 'danger';

const kinds: Record<ButtonKind, string> = {
  primary: 'border-brass bg-brass text-on-brass hover:border-brass-pressed hover:bg-brass-pressed',
  quiet: 'border-edge bg-surface text-ink hover:border-ink',
  danger: 'border-danger bg-surface text-danger hover:bg-danger hover:text-on-danger',
};

const shape =
  'relative inline-flex min-h-6 items-center justify-center rounded-corner border px-3 py-1 text-center font-medium no-underline transition-colors duration-100';

/** How a button looks, also for a link that leads to an action's own page. */
export const buttonClass = (kind: ButtonKind, wide = false): string =>
  `${shape} ${kinds[kind]} ${wide ? 'w-full' : ''}`;

const refusedClass = (wide: boolean): string =>
  `${shape} cursor-not-allowed border-dashed border-edge text-ink-soft forced-colors:border-[GrayText] forced-colors:text-[GrayText] ${wide ? 'w-full' : ''}`;

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  /** As wide as its form. */
  readonly wide?: boolean;
  readonly name?: string;
  readonly value?: string;
  /** The verb with its object, for those who hear the button away from its row; begins with the visible words. */
  readonly label?: string | undefined;
  /** A mark at the start, so that marks of buttons in a column stand in a column. */
  readonly icon?: ReactNode;
  /** The id of the words that say why it cannot be pressed. It then sends nothing, and can still be found and read. */
  readonly refusedBy?: string | undefined;
}

/**
 * Submits its form. While the form is on its way the words stay, so the width stays; a line under them and the
 * cursor say that it is busy. It is never `disabled`: that would drop its own name and value from what is sent, and
 * hide from the keyboard what it would say.
 */
export const Button = (props: ButtonProps) => {
  const { children, kind = 'primary', wide = false, name, value, label, icon, refusedBy } = props;
  const busy = useBusy();
  return (
    <button
      type={refusedBy ? 'button' : 'submit'}
      name={name}
      value={value}
      aria-label={label}
      aria-disabled={busy || refusedBy !== undefined || undefined}
      aria-describedby={refusedBy}
      className={
        refusedBy
          ? refusedClass(wide)
          : `${buttonClass(kind, wide)} aria-disabled:cursor-progress aria-disabled:opacity-80`
      }
    >
      {icon && <span className="absolute start-2 inline-flex">{icon}</span>}
      <span
        className={`${icon ? 'px-2' : ''} ${busy ? 'underline decoration-dotted underline-offset-4' : ''}`}
      >
        {children}
      </span>
    </button>
  );
};
