import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readHistory } from '../history-reading.server.ts';
import { newestOf } from '../history-filter.server.ts';
import { HomePage } from '../pages/home-page.tsx';
import { LandingPage } from '../pages/landing-page.tsx';
import { landingText } from '../pages/landing-text.ts';
import { pageTitle } from '../page-title.ts';
import { personOf } from '../person.server.ts';
import { admit } from '../signed-in.server.ts';
import { waysInOf } from '../ways-in.server.ts';

export const meta: MetaFunction = () => pageTitle(landingText.title);

const RECENT = 4;

/** Who you are and your ways in; for anybody else, what this is. */
export async function loader({ context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  if (!viewer) return { home: null };
  admit(viewer);
  const [person, waysIn, { entries: recent }] = await Promise.all([
    personOf(context, viewer),
    waysInOf(context, viewer),
    readHistory(context, viewer, newestOf(RECENT)),
  ]);
  return { home: { person, waysIn, recent, now: context.at.toISOString() } };
}

export default function Index() {
  const { home } = useLoaderData<typeof loader>();
  return home ? <HomePage {...home} /> : <LandingPage />;
}
