import { useState } from 'react';
import type { FormEvent } from 'react';
import { isTheme, themes, type Theme } from '../look/theme.ts';
import { frameText } from './frame-text.ts';

/** Sends the choice without leaving the page, so that a half-filled form stays as it is. */
async function choose(form: HTMLFormElement, theme: Theme): Promise<void> {
  const body = new URLSearchParams({ theme });
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value);
  }
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
  if (!answer.ok && answer.type !== 'opaqueredirect') throw new Error('The choice was not kept.');
}

const show = (theme: Theme) => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  if (theme !== 'system') document.documentElement.dataset.theme = theme;
};

const chosenBy = (submit: Event): Theme | undefined => {
  const submitter = submit instanceof SubmitEvent ? submit.submitter : null;
  const value = submitter instanceof HTMLButtonElement ? submitter.value : undefined;
  return isTheme(value) ? value : undefined;
};

export interface ThemeSwitchProps {
  readonly theme: Theme;
  readonly csrf: string;
  /** The page to come back to. */
  readonly redirectTo: string;
}

/** A small POST form; scripts only spare the reload. */
export const ThemeSwitch = ({ theme, csrf, redirectTo }: ThemeSwitchProps) => {
  const [current, setCurrent] = useState(theme);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const chosen = chosenBy(event.nativeEvent);
    if (!chosen) return;
    event.preventDefault();
    const form = event.currentTarget;
    choose(form, chosen).then(
      () => {
        show(chosen);
        setCurrent(chosen);
      },
      () => form.submit(),
    );
  };

  return (
    <form method="post" action="/theme" onSubmit={onSubmit}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <fieldset className="flex items-center gap-1">
        <legend className="float-left me-1 text-small text-ink-soft">{frameText.theme}</legend>
        {themes.map((name) => (
          <button
            key={name}
            type="submit"
            name="theme"
            value={name}
            aria-pressed={name === current}
            className="min-h-6 min-w-6 px-1 text-small text-ink-soft underline-offset-4 hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:underline aria-pressed:decoration-brass aria-pressed:decoration-2"
          >
            {frameText.themeNames[name]}
          </button>
        ))}
      </fieldset>
    </form>
  );
};
