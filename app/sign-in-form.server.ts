import { Authenticator } from 'remix-auth';
import { FormStrategy } from 'remix-auth-form';
import { signIn } from '../commands/sign-in.ts';
import type { AppContext } from './context.ts';
import { fieldText } from './form-fields.server.ts';
import { askingOf } from './signed-in.server.ts';

type Answer = Awaited<ReturnType<typeof signIn>>;

/** The form's way in, as every way in comes: a strategy that proves, a command that decides. */
export function signInByForm(context: AppContext, request: Request): Promise<Answer> {
  const strategy = new FormStrategy<Answer>(({ form }) =>
    signIn(context.services.deps, {
      ...askingOf(context),
      identifier: fieldText(form, 'identifier'),
      password: fieldText(form, 'password'),
    }),
  );
  return new Authenticator<Answer>().use(strategy, 'form').authenticate('form', request);
}
