import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { freshlyProved, weaklyProvedFor } from '../../commands/guard.ts';
import { YourDataPage } from '../pages/your-data-page.tsx';
import { yourDataText } from '../pages/your-data-text.ts';
import { pageTitle } from '../page-title.ts';
import { requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(yourDataText.title);

const page = '/settings/your-data';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { session } = await requireViewer(context, request);
  const proved = freshlyProved(session, context.at) || weaklyProvedFor(session, page, context.at);
  return { csrf: await context.csrf.token(), proved };
}

export default function YourData() {
  return <YourDataPage {...useLoaderData<typeof loader>()} />;
}
