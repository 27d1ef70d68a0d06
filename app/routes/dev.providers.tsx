import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { leaveForProvider } from '../../commands/round-trip.ts';
import type { AppContext } from '../context.ts';
import { fieldText } from '../form-fields.server.ts';
import { DevProvidersPage } from '../pages/dev-providers-page.tsx';
import { devProvidersText } from '../pages/dev-providers-text.ts';
import { pageTitle } from '../page-title.ts';
import { providerChoice } from '../provider-choices.server.ts';
import { requireCsrf } from '../require-csrf.server.ts';
import {
  ownerOf,
  pageAfter,
  redirectUriOf,
  requireProvider,
  toProblem,
} from '../round-trip.server.ts';

export const meta: MetaFunction = () => pageTitle(devProvidersText.title);

/** What each provider returned for a test sign-in: under development rules, and nowhere else. */
export async function loader({ context }: LoaderFunctionArgs) {
  requireDevelopment(context);
  const { deps, testSignIns } = context.services;
  const returns = [...deps.providers.values()].map((provider) => ({
    provider: providerChoice(context, provider.name),
    issuer: provider.issuer,
    callback: redirectUriOf(context, provider),
    last: testSignIns.get(provider.name) ?? null,
  }));
  return { returns, csrf: await context.csrf.token(), now: context.at.toISOString() };
}

/** Leaves for a provider to look at what comes back; it signs nobody in. */
export async function action({ context, request }: ActionFunctionArgs) {
  requireDevelopment(context);
  const form = await request.formData();
  await requireCsrf(context, form);
  const provider = requireProvider(context, fieldText(form, 'provider'));
  const redirectTo = pageAfter.test;
  const left = await leaveForProvider(context.services.deps, {
    provider,
    intent: 'test',
    redirectUri: redirectUriOf(context, provider),
    redirectTo,
    owner: await ownerOf(context),
    pickAccount: true,
  });
  if (left.ok) return redirect(left.url.href, 303);
  return toProblem(left.why, { provider: provider.name, intent: 'test', redirectTo });
}

function requireDevelopment({ settings }: AppContext): void {
  if (!settings.development) throw new Response(null, { status: 404 });
}

export default function DevProviders() {
  return <DevProvidersPage {...useLoaderData<typeof loader>()} />;
}
