import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readsHistoryProved, type Viewer } from '../../commands/guard.ts';
import type { AppContext } from '../context.ts';
import { askedHistory, beforeText, type AskedHistory } from '../history-filter.server.ts';
import { accountMoment } from '../history-moment.server.ts';
import { rawEvent } from '../history-raw.server.ts';
import { readHistory } from '../history-reading.server.ts';
import { historyAddress } from '../pages/history-filter.ts';
import { HistoryPage } from '../pages/history-page.tsx';
import { historyText } from '../pages/history-text.ts';
import { MissingEntryPage } from '../pages/missing-entry-page.tsx';
import { MomentPage } from '../pages/moment-page.tsx';
import { momentText, rawText } from '../pages/moment-text.ts';
import { RawEventPage } from '../pages/raw-event-page.tsx';
import { personOf } from '../person.server.ts';
import { pageTitle } from '../page-title.ts';
import { pathOf, requireViewer } from '../signed-in.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => pageTitle(titleOf(shown));

function titleOf(shown: { view: string; revision?: number } | undefined): string {
  if (shown?.revision === undefined) return historyText.title;
  return (shown.view === 'raw' ? rawText : momentText).title(shown.revision);
}

const PAGE = 50;

/** Everything that happened to the account; with `at` the account as it was, with `raw` one event as it is written. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const search = new URL(request.url).searchParams;
  const [at, raw] = [search.get('at'), search.get('raw')];
  if (raw !== null) return oneEntry(raw, (revision) => rawView(context, viewer, revision));
  if (at !== null) return oneEntry(at, (revision) => momentView(context, viewer, revision));
  return listView(context, viewer, { asked: askedHistory(search), address: pathOf(request) });
}

interface ListAsked {
  readonly asked: AskedHistory;
  readonly address: string;
}

/** The entries, newest first, fifty a page. */
async function listView(context: AppContext, viewer: Viewer, { asked, address }: ListAsked) {
  const { filter, errors, placeCounts } = asked;
  const { username } = await personOf(context, viewer);
  const now = context.at.toISOString();
  const shown = { view: 'list' as const, filter, errors, placeCounts, username, now, address };
  if (!placeCounts || Object.keys(errors).length > 0) {
    return data({ ...shown, part: undefined, newest: undefined, older: undefined }, 400);
  }
  const { rest, ...part } = await readHistory(context, viewer, { ...asked, max: PAGE });
  return data({
    ...shown,
    part,
    newest: Number.isFinite(asked.places.facts) ? historyAddress(filter) : undefined,
    older: rest && historyAddress(filter, beforeText(rest)),
  });
}

async function momentView(context: AppContext, viewer: Viewer, revision: number) {
  const moment = await accountMoment(context, viewer, revision);
  if ('missing' in moment) return missing(moment);
  return data({ view: 'moment' as const, ...moment, now: context.at.toISOString() });
}

/** Only after a fresh proof: a raw event shows what the account no longer has (H19). */
async function rawView(context: AppContext, viewer: Viewer, revision: number) {
  if (!readsHistoryProved(viewer.session, context.at)) {
    const page = encodeURIComponent(`/settings/history?raw=${revision}`);
    throw redirect(`/reauth?redirectTo=${page}`, 303);
  }
  const event = await rawEvent(context, viewer, revision);
  if ('missing' in event) return missing(event);
  return data({ view: 'raw' as const, ...event });
}

async function oneEntry<View>(typed: string, show: (revision: number) => Promise<View>) {
  if (/^\d{1,15}$/.test(typed)) return show(Number(typed));
  return data({ view: 'missing' as const, words: momentText.badNumber }, 400);
}

const missing = ({ missing: asked, last }: { readonly missing: number; readonly last: number }) =>
  data({ view: 'missing' as const, words: momentText.missing(asked, last) }, 404);

export default function History() {
  const shown = useLoaderData<typeof loader>();
  switch (shown.view) {
    case 'list':
      return <HistoryPage {...shown} />;
    case 'moment':
      return <MomentPage {...shown} />;
    case 'raw':
      return <RawEventPage {...shown} />;
    case 'missing':
      return <MissingEntryPage words={shown.words} />;
  }
}
