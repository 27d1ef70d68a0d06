import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { askedHistory, beforeText } from '../history-filter.server.ts';
import { readHistory } from '../history-reading.server.ts';
import { historyAddress } from '../pages/history-filter.ts';
import { HistoryPage } from '../pages/history-page.tsx';
import { historyText } from '../pages/history-text.ts';
import { personOf } from '../person.server.ts';
import { pageTitle } from '../page-title.ts';
import { pathOf, requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction = () => pageTitle(historyText.title);

const PAGE = 50;

/** Everything that happened to the account, newest first, fifty a page. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const asked = askedHistory(new URL(request.url).searchParams);
  const { filter, errors, placeCounts } = asked;
  const { username } = await personOf(context, viewer);
  const now = context.at.toISOString();
  const shown = { filter, errors, placeCounts, username, now, address: pathOf(request) };
  if (!placeCounts || Object.keys(errors).length > 0) {
    return data(
      { ...shown, part: undefined, newest: undefined, older: undefined },
      { status: 400 },
    );
  }
  const { rest, ...part } = await readHistory(context, viewer, { ...asked, max: PAGE });
  return data({
    ...shown,
    part,
    newest: Number.isFinite(asked.places.facts) ? historyAddress(filter) : undefined,
    older: rest && historyAddress(filter, beforeText(rest)),
  });
}

export default function History() {
  return <HistoryPage {...useLoaderData<typeof loader>()} />;
}
