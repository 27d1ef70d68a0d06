import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { arrive, type Arrived } from '../../commands/arrive.ts';
import { recordFailedTrip } from '../../commands/record-failed-trip.ts';
import { returnFromProvider, type Returned } from '../../commands/return-from-provider.ts';
import { testSignIn } from '../../commands/test-sign-in.ts';
import type { Heard } from '../../providers/heard.ts';
import type { AppContext } from '../context.ts';
import { enter } from '../enter.server.ts';
import { ProviderProblemPage } from '../pages/provider-problem-page.tsx';
import { providerProblemText } from '../pages/provider-problem-text.ts';
import { pageTitle } from '../page-title.ts';
import { problemView } from '../problem-view.server.ts';
import { ownerOf, requireProvider, toProblem } from '../round-trip.server.ts';
import { askingOf } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(providerProblemText.title);

/** The one loader that writes: a round trip ends here, on GET alone. HEAD is answered 405 before anything is looked up. */
export const handle = { methods: ['GET'] };

/** The address holds a code; nothing this answer leads to may learn it (O7). */
export const headers = () => ({ 'Referrer-Policy': 'no-referrer' });

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const provider = requireProvider(context, params['provider']);
  const { deps } = context.services;
  const query = new URL(request.url).searchParams;
  const owner = await ownerOf(context);
  const heard: Heard[] = [];
  const hear = (one: Heard) => void heard.push(one);
  const returned = await returnFromProvider(deps, { provider, query, owner, hear });
  if ('handshake' in returned && returned.handshake.intent === 'test') {
    context.services.testSignIns.set(provider.name, testSignIn(returned, heard, context.at));
    return redirect(returned.handshake.redirectTo, 303);
  }
  if (!returned.ok) {
    if (returned.why !== 'no-handshake') {
      const { accountId } = returned.handshake;
      if (accountId) recordFailedTrip(deps, { accountId, method: null, from: context.from });
      return toProblem(returned.why, returned.handshake);
    }
    // Forged, replayed or too late: a page of ours, no redirect, nothing of the address in it (G8, G9).
    const shown = await problemView(context, { problem: returned.why, provider: provider.name });
    return data(shown, { status: 400 });
  }

  const guarded = await context.session();
  const asking = askingOf(context);
  const arrived = await arrive(deps, returned, {
    ...asking,
    signedIn: guarded && { ...asking, ...guarded },
  });
  return answer(context, arrived, returned);
}

async function answer(context: AppContext, arrived: Arrived, { handshake }: Returned) {
  const { redirectTo } = handshake;
  switch (arrived.to) {
    case 'signed-in':
      return enter(context, arrived, redirectTo);
    case 'confirm':
      return redirect(`/auth/confirm?pending=${arrived.pendingId}`, 303);
    case 'reauthenticated':
      context.cookies.session.set(arrived.token);
      return redirect(redirectTo, 303);
    case 'linked-already':
      context.cookies.flash.set('linked-already');
      return redirect(redirectTo, 303);
    case 'refused':
      return toProblem(arrived.why, handshake);
  }
}

export default function Callback() {
  return <ProviderProblemPage {...useLoaderData<typeof loader>()} />;
}
