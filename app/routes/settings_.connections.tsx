import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { refreshIdentity } from '../../commands/refresh-identity.ts';
import { restoreMethod } from '../../commands/restore-method.ts';
import { unlinkProvider } from '../../commands/unlink-provider.ts';
import type { IdentityRef } from '../../domain/account/commands.ts';
import { methodRef } from '../../domain/account/events.ts';
import { orTryAgain, refusedForm, type FormAnswer } from '../answers.server.ts';
import { connectionsOf } from '../connections.server.ts';
import type { AppContext } from '../context.ts';
import { carryOn } from '../enter.server.ts';
import { ConnectionsPage } from '../pages/connections-page.tsx';
import { connectionsText } from '../pages/connections-text.ts';
import { pageTitle } from '../page-title.ts';
import { providerChoices } from '../provider-choices.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import { toProblem } from '../round-trip.server.ts';
import { requireFreshProof, requireSignedIn, type Asker } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(connectionsText.title);

const page = '/settings/connections';
const wish = methodRef.options[1]
  .omit({ kind: true })
  .extend({ intent: z.enum(['unlink', 'restore', 'refresh']) });

export async function loader({ context, request }: LoaderFunctionArgs) {
  const asker = await requireSignedIn(context, request);
  return {
    csrf: await context.csrf.token(),
    ...(await connectionsOf(context, asker)),
    providers: providerChoices(context),
    now: context.at.toISOString(),
  };
}

/** Takes a way in away or opens a resting one again, each after a fresh proof; or reads again what one is called. */
export async function action({ context, request }: ActionFunctionArgs) {
  const asker = await requireSignedIn(context, request);
  const form = await request.formData();
  await requireCsrf(context, form);
  const asked = wish.safeParse(Object.fromEntries(form));
  if (!asked.success) throw new Response(null, { status: 400 });
  if (asked.data.intent !== 'refresh') await requireFreshProof(context, asker, page);
  return orTryAgain(context, {}, () => decide(context, asker, asked.data));
}

async function decide(context: AppContext, asker: Asker, asked: z.infer<typeof wish>) {
  const { deps } = context.services;
  const { intent, ...identity } = asked;
  if (intent === 'refresh') return refresh(context, asker, identity);
  if (intent === 'unlink') {
    const answer = await unlinkProvider(deps, asker, identity);
    if (!answer.ok) return refusedForm<never>({}, answer);
    carryOn(context, answer.issued);
    context.cookies.flash.set('unlinked');
    return redirect(page, 303);
  }
  const answer = await restoreMethod(deps, asker, identity);
  if (!answer.ok) return refusedForm<never>({}, answer);
  context.cookies.flash.set('restored');
  return redirect(page, 303);
}

async function refresh(context: AppContext, asker: Asker, identity: IdentityRef) {
  const answer = await refreshIdentity(context.services.deps, asker, identity);
  if (answer.ok) {
    context.cookies.flash.set('refreshed');
    return redirect(page, 303);
  }
  if (answer.why === 'refused') return refusedForm<never>({}, answer);
  return toProblem(answer.why, { provider: identity.provider, intent: 'link', redirectTo: page });
}

export default function Connections() {
  const shown = useLoaderData<typeof loader>();
  const answer: FormAnswer<never> | undefined = useActionData<typeof action>();
  return <ConnectionsPage {...shown} alert={answer?.alert} />;
}
