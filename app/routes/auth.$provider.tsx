import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { recordFailedTrip } from '../../commands/record-failed-trip.ts';
import { leaveForProvider } from '../../commands/round-trip.ts';
import { handshakeIntents } from '../../vault/vault-round-trips.ts';
import { fieldText } from '../form-fields.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import {
  ownerOf,
  pageAfter,
  redirectUriOf,
  requireProvider,
  toProblem,
} from '../round-trip.server.ts';
import {
  requireFreshProof,
  requireSignedIn,
  requireSignedInOrClosing,
} from '../signed-in.server.ts';

const intents = z.enum(handshakeIntents).exclude(['test']);

export const handle = { methods: ['POST'] };

/** Leaves for a provider. A start is a POST with the form's own token (G10, L2); any other method is answered 405. */
export async function action({ context, params, request }: ActionFunctionArgs) {
  const provider = requireProvider(context, params['provider']);
  const form = await request.formData();
  const parsed = intents.safeParse(fieldText(form, 'intent'));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const intent = parsed.data;
  await requireCsrf(context, form, intent === 'continue' ? 'anonymous' : 'principal');
  if (intent !== 'continue') {
    // Somebody whose account is closing may prove themselves, and connect nothing.
    const require = intent === 'reauth' ? requireSignedInOrClosing : requireSignedIn;
    const asker = await require(context, request, '/settings/connections');
    if (intent === 'link') await requireFreshProof(context, asker, '/settings/connections');
  }
  const asked = form.get('redirectTo');
  const page = intent === 'reauth' ? context.formPage(asked) : context.redirectTo(asked);
  const redirectTo = page ?? pageAfter[intent];
  const { deps } = context.services;
  const owner = await ownerOf(context);
  const left = await leaveForProvider(deps, {
    provider,
    intent,
    redirectUri: redirectUriOf(context, provider),
    redirectTo,
    owner,
    pickAccount: context.cookies.signedOut.read(),
  });
  if (left.ok) return redirect(left.url.href, 303);
  const { accountId } = owner;
  if (accountId) recordFailedTrip(deps, { accountId, method: null, from: context.from });
  return toProblem(left.why, { provider: provider.name, intent, redirectTo });
}

/** Never shown: an address with a page has its errors shown as pages, not as data. */
export default function NoPage() {
  return null;
}
