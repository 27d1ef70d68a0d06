import { FormStrategy } from 'remix-auth-form';

/**
 * The form's way in, as every way in comes: by a strategy. It reads the form, once, and whoever answers gets it from
 * there: each more reading of a request costs as much as the rest of a sign-in's rules.
 */
export const bySignInForm = <Answer>(
  request: Request,
  answer: (form: FormData) => Promise<Answer>,
): Promise<Answer> => new FormStrategy<Answer>(({ form }) => answer(form)).authenticate(request);
