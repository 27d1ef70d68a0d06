import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { historyEntries } from '../history-entries.server.ts';
import { HistoryPage } from '../pages/history-page.tsx';
import { historyText } from '../pages/history-text.ts';
import { personOf } from '../person.server.ts';
import { pageTitle } from '../page-title.ts';
import { requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(historyText.title);

const PAGE = 50;
const address = (page: number) =>
  page === 0 ? '/settings/history' : `/settings/history?page=${page}`;

/** Everything that happened to the account, newest first, fifty a page. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const asked = new URL(request.url).searchParams.get('page') ?? '0';
  const page = /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
  const [all, { username }] = await Promise.all([
    historyEntries(context, viewer),
    personOf(context, viewer),
  ]);
  return {
    entries: all.slice(page * PAGE, (page + 1) * PAGE),
    username,
    now: context.at.toISOString(),
    newer: page > 0 ? address(page - 1) : undefined,
    older: all.length > (page + 1) * PAGE ? address(page + 1) : undefined,
  };
}

export default function History() {
  return <HistoryPage {...useLoaderData<typeof loader>()} />;
}
