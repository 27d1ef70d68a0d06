import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ProviderProblemPage } from '../pages/provider-problem-page.tsx';
import { providerProblemText } from '../pages/provider-problem-text.ts';
import { pageTitle } from '../page-title.ts';
import { isProblem, problemView } from '../problem-view.server.ts';

export const meta: MetaFunction = () => pageTitle(providerProblemText.title);

/** What went wrong at a provider, in words of ours: the address only picks one out of a closed list. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const problem = searchParams.get('why');
  if (!isProblem(problem)) throw new Response(null, { status: 404 });
  const provider = searchParams.get('provider') ?? undefined;
  const asked = {
    intent: searchParams.get('intent'),
    redirectTo: searchParams.get('redirectTo'),
  };
  return data(await problemView(context, { problem, provider, ...asked }), { status: 409 });
}

export default function Problem() {
  return <ProviderProblemPage {...useLoaderData<typeof loader>()} />;
}
