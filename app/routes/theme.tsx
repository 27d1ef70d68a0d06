import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { isTheme } from '../look/theme.ts';
import { requireCsrf } from '../require-csrf.server.ts';

export const handle = { methods: ['POST'] };

/** Keeps a choice of light in a cookie; nothing of the account changes. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  await requireCsrf(context, form);
  const theme = form.get('theme');
  if (!isTheme(theme)) throw new Response(null, { status: 400 });
  context.cookies.theme.set(theme);
  return redirect(context.redirectTo(form.get('redirectTo')) ?? '/', 303);
}

/** Never shown: an address with a page has its errors shown as pages, not as data. */
export default function NoPage() {
  return null;
}
