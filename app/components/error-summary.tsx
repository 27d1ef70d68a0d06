import type { FormAlert } from './form-state.ts';
import { frameText } from './frame-text.ts';
import { Notice } from './notice.tsx';

export interface ErrorSummaryProps {
  readonly alert?: FormAlert | undefined;
  /** The fields that were not accepted, in the order of the form. */
  readonly wrong?: readonly { readonly id: string; readonly label: string }[];
}

/**
 * Above a form that was sent back: the word about the whole, and the fields to change, each a link to its place.
 * It takes the focus when no field does; a single field with its own message needs no summary.
 */
export const ErrorSummary = ({ alert, wrong = [] }: ErrorSummaryProps) => {
  if (!alert && wrong.length < 2) return null;
  return (
    <div
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the page was sent back because of what stands here
      autoFocus={wrong.length === 0}
      data-refusal={alert?.refusal}
      className="mb-3 rounded-corner"
    >
      <Notice tone={alert?.tone ?? 'danger'}>
        <p>{alert?.text ?? frameText.pleaseChange(wrong.length)}</p>
        {wrong.length > 0 && (
          <ul className="-mb-1 flex flex-wrap gap-x-2">
            {wrong.map(({ id, label }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="inline-flex min-h-6 items-center font-medium underline underline-offset-4"
                >
                  {label}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
};
