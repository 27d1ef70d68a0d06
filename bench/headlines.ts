import type { RateFigure, Section } from './figures.ts';
import { withText } from './record.ts';
import { medianShown } from './table.ts';

interface Headline extends Pick<RateFigure, 'work' | 'load' | 'limit'> {
  /** Its place in README.md. */
  readonly name: string;
  readonly section: string;
}

/** The three figures that README.md shows, and the rows that they are. */
export const headlines: readonly Headline[] = [
  {
    name: 'fast-sign-in',
    section: 'peers',
    work: 'signIn',
    load: '16',
    limit: "Better Auth's signIn",
  },
  {
    name: 'fast-page',
    section: 'pages',
    work: 'signed-in page',
    load: '16',
    limit: 'a bare Remix page',
  },
  {
    name: 'fast-command',
    section: 'commands',
    work: 'changeRole',
    load: '1',
    limit: 'the same rows in plain SQL',
  },
];

/** README.md with the medians of this section's figures where it shows them. */
export function withHeadlines(page: string, { name: section, figures }: Section): string {
  const shown = headlines.filter((headline) => headline.section === section);
  return shown.reduce((changed, { name, work, load, limit }) => {
    const row = figures.find(
      (figure) =>
        'measured' in figure &&
        figure.work === work &&
        figure.load === load &&
        figure.limit === limit,
    );
    if (!row) throw new Error(`${section} has no row for ${name}`);
    return withText(changed, name, medianShown(row));
  }, page);
}
