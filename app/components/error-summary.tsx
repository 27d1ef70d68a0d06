import { Notice } from './notice.tsx';
import { frameText } from './frame-text.ts';
import type { FormAlert } from './form-state.ts';

export interface ErrorSummaryProps {
  readonly alert?: FormAlert | undefined;
  /** Field id and sentence, in the order of the form. */
  readonly errors: readonly (readonly [id: string, sentence: string])[];
}

/**
 * Above a form that was sent back: the word about the whole, else the list of what to change, each a link to its field.
 * It takes the focus when no field can (a single field with a message has it already).
 */
export const ErrorSummary = ({ alert, errors }: ErrorSummaryProps) => {
  if (!alert && errors.length < 2) return null;
  return (
    <div
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- the page was sent back because of what stands here
      autoFocus={errors.length === 0}
      data-refusal={alert?.refusal}
      className="mb-3"
    >
      <Notice tone={alert?.tone ?? 'danger'}>
        <p className={errors.length ? 'font-semibold' : ''}>
          {alert?.text ?? frameText.pleaseChange}
        </p>
        {errors.length > 0 && (
          <ul className="mt-0.5">
            {errors.map(([id, sentence]) => (
              <li key={id}>
                <a href={`#${id}`} className="inline-block py-0.5 underline underline-offset-4">
                  {sentence}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
};
