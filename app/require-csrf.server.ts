import { json } from '@remix-run/node';
import type { AppContext, CsrfBinding } from './context.ts';

/**
 * The third check of every write, after origin and cookies (security 2.7): the form's own token.
 * Throws a 403 page. `anonymous` where the person acts without a session: /login and /register.
 */
export async function requireCsrf(
  context: Pick<AppContext, 'csrf' | 'requestId'>,
  form: FormData,
  as?: CsrfBinding,
): Promise<void> {
  if (await context.csrf.check(form.get('csrf'), as)) return;
  throw json({ requestId: context.requestId }, { status: 403 });
}
