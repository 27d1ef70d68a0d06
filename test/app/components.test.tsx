import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { PasswordField } from '../../app/components/password-field.tsx';
import { ThemeSwitch } from '../../app/components/theme-switch.tsx';
import { dayText, exactText, relativeText } from '../../app/components/time-text.ts';
import { Time } from '../../app/components/time.tsx';
import { themeAttributes } from '../../app/look/theme.ts';
import { errorKindOf } from '../../app/pages/error-page.tsx';
import { waitText } from '../../app/pages/error-text.ts';
import { noFilter } from '../../app/pages/history-filter.ts';
import { HistoryPage } from '../../app/pages/history-page.tsx';
import { historyEntries, now } from './page-stories.tsx';

const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a time', () => {
  test.each([
    [0, 'just now'],
    [minute, '1 minute ago'],
    [59 * minute, '59 minutes ago'],
    [hour, '1 hour ago'],
    [23 * hour, '23 hours ago'],
    [day, '1 day ago'],
    [7 * day - 1, '6 days ago'],
    [7 * day, '7 March 2026'],
    [-30_000, 'just now'],
    [-2 * minute, '14 March 2026'],
  ])('%d ms back is read as "%s"', (back, words) => {
    expect(relativeText(before(back), now)).toBe(words);
  });

  test('carries the exact moment in UTC, for the machine, the title and the paper', () => {
    const html = renderToStaticMarkup(<Time at={before(3 * hour)} now={now} />);
    expect(html).toContain('dateTime="2026-03-14T13:20:00.000Z"');
    expect(html.match(/14 March 2026, 13:20:00 UTC/g)).toHaveLength(2);
  });

  test('does not depend on the zone of the machine', () => {
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const words = exactText(now);
    vi.unstubAllEnvs();
    expect(words).toBe('14 March 2026, 16:20:00 UTC');
  });

  test('stands under the heading of its day', () => {
    expect(dayText(before(16 * hour), now)).toBe('Today');
    expect(dayText(before(17 * hour), now)).toBe('Yesterday');
    expect(dayText(before(5 * day), now)).toBe('Monday, 9 March 2026');
  });
});

describe('the theme', () => {
  test('is a plain form that works without scripts', () => {
    const html = renderToStaticMarkup(
      <ThemeSwitch theme="dark" csrf="c" redirectTo="/settings?x=1" />,
    );
    expect(html).toContain('<form method="post" action="/theme">');
    expect(html).toContain('name="redirectTo" value="/settings?x=1"');
    for (const theme of ['system', 'light', 'dark']) {
      expect(html).toContain(`name="theme" value="${theme}" aria-pressed="${theme === 'dark'}"`);
    }
  });

  test('leaves the page to the device where nobody chose', () => {
    expect(themeAttributes('system')).toEqual({});
    expect(themeAttributes('dark')).toEqual({ 'data-theme': 'dark' });
  });
});

test('a password field offers no button to show it before scripts run', () => {
  const html = renderToStaticMarkup(
    <PasswordField name="password" label="Password" autoComplete="new-password" />,
  );
  expect(html).not.toContain('<button');
  expect(html).toContain('type="password"');
});

describe('the history', () => {
  const part = { entries: historyEntries, revision: 1, hidden: false, looksMissing: false };
  const html = renderToStaticMarkup(<HistoryPage filter={noFilter} now={now} part={part} />);

  test('sets facts on the line and attempts beside it', () => {
    expect(html).toMatch(/register-attempt">.*?Sign-in with a password refused/);
    expect(html).toMatch(/register-fact">.*?Name changed to something since erased/);
  });

  test('shows by whom, from where, and the number and id of the event', () => {
    expect(html).toContain('by you');
    expect(html).toContain('from where: erased');
    expect(html).toContain('Entry 1');
    expect(html.replaceAll(/<[^>]*>/g, '')).toContain('0b077c1e-5d2f-5a41-9c3e-8f1d2a7b6c5d');
  });
});

describe('an error page', () => {
  test.each([
    [404, 'not-found'],
    [409, 'refused'],
    [503, 'unavailable'],
    [500, 'broken'],
    [418, 'broken'],
  ])('for %d is the page "%s"', (status, kind) => {
    expect(errorKindOf(status)).toBe(kind);
  });

  test('never sends anybody back too early', () => {
    expect(waitText(0.2)).toBe('1 second');
    expect(waitText(61)).toBe('61 seconds');
    expect(waitText(3601)).toBe('61 minutes');
    expect(waitText(7201)).toBe('3 hours');
  });
});
