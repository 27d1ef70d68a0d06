import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { frameText } from './frame-text.ts';

const Busy = createContext(false);

/** True from the submit of the form around this component until the next page stands. */
export const useBusy = (): boolean => useContext(Busy);

/** After this long without an answer the form may be sent again. */
const patienceMs = 20_000;

function useSubmitOnce() {
  const [busy, setBusy] = useState(false);
  const sent = useRef(false);

  useEffect(() => {
    const rest = () => {
      sent.current = false;
      setBusy(false);
    };
    // A page that comes back out of the back/forward cache is no longer waiting for anything.
    window.addEventListener('pageshow', rest);
    const timer = busy ? window.setTimeout(rest, patienceMs) : undefined;
    return () => {
      window.removeEventListener('pageshow', rest);
      window.clearTimeout(timer);
    };
  }, [busy]);

  const onSubmit = (event: FormEvent) => {
    if (sent.current) return event.preventDefault();
    sent.current = true;
    setBusy(true);
  };
  return { busy, onSubmit };
}

export interface FormProps {
  readonly csrf: string;
  /** Where it goes; without it, to the address of the page. */
  readonly action?: string;
  /** Hidden fields besides `csrf`. */
  readonly hidden?: Readonly<Record<string, string | undefined>>;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A plain POST form, the same with and without scripts. The browser's own bubbles are off: the server's words stand beside the fields. */
export const Form = ({ csrf, action, hidden = {}, children, className }: FormProps) => {
  const { busy, onSubmit } = useSubmitOnce();
  return (
    <form method="post" action={action} noValidate onSubmit={onSubmit} className={className}>
      <input type="hidden" name="csrf" value={csrf} />
      {Object.entries(hidden).map(
        ([name, value]) =>
          value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Busy.Provider value={busy}>{children}</Busy.Provider>
      <span role="status" className="sr-only">
        {busy ? frameText.busy : ''}
      </span>
    </form>
  );
};
