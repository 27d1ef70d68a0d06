import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { dropRoundTrips } from '../../commands/round-trip.ts';
import { signOut } from '../../commands/end-sessions.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { askingOf } from '../signed-in.server.ts';

/** Signing out is a POST; an address changes nothing. */
export const handle = { methods: ['POST'] };

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const viewer = await context.viewer();
  if (viewer) {
    await requireCsrf(context, form);
    await signOut(context.services.deps, { ...askingOf(context), ...viewer });
  }
  context.cookies.session.clear();
  await dropRoundTrips(context.services.deps, {
    browser: context.cookies.anonymous.hash(),
    sessionId: viewer?.session.sessionId ?? null,
  });
  context.cookies.anonymous.renew();
  context.cookies.signedOut.set();
  context.answer.set('Clear-Site-Data', '"cache", "storage"');
  const method = viewer?.session.method;
  const from = method?.kind === 'identity' ? `?provider=${method.provider}` : '';
  return redirect(`/signed-out${from}`, 303);
}

/** Never shown: an address with a page has its errors shown as pages, not as data. */
export default function NoPage() {
  return null;
}
