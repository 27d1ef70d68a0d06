import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { SignedOutPage } from '../pages/signed-out-page.tsx';
import { signedOutText } from '../pages/signed-out-text.ts';
import { pageTitle } from '../page-title.ts';

export const meta: MetaFunction = () => pageTitle(signedOutText.title);

/** Says that the provider is still signed in, where one had opened the session (H20). */
export function loader({ context, request }: LoaderFunctionArgs) {
  const name = new URL(request.url).searchParams.get('provider') ?? '';
  return { provider: context.services.deps.providers.get(name)?.label };
}

export default function SignedOut() {
  return <SignedOutPage {...useLoaderData<typeof loader>()} />;
}
