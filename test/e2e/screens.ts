import type { Page } from 'playwright';
import type { SampleName } from './sample-people.ts';

/** A page to be kept as a picture. */
export interface Screen {
  /** First part of the file's name. */
  readonly name: string;
  /** `question`: where a round trip ended in a question; `audited`: where an auditor reads of Ada. */
  readonly path: string;
  /** Who is signed in. */
  readonly as?: SampleName;
  readonly widths?: readonly number[];
  /** What is done on the page before. */
  readonly act?: (page: Page) => Promise<void>;
}

const NARROW = [360] as const;

/** What docs/screens shows. A new page is one more line here. */
export const screens: readonly Screen[] = [
  { name: 'landing', path: '/' },
  { name: 'login', path: '/login' },
  { name: 'register', path: '/register', act: sendHalfFilled },
  { name: 'confirm', path: 'question', as: 'asked' },
  { name: 'home', path: '/', as: 'ada' },
  { name: 'profile', path: '/settings', as: 'ada' },
  { name: 'password', path: '/settings/password', as: 'ada' },
  { name: 'connections', path: '/settings/connections', as: 'ada' },
  { name: 'sessions', path: '/settings/sessions', as: 'ada' },
  { name: 'history', path: '/settings/history', as: 'ada' },
  { name: 'history-narrowed', path: '/settings/history?kind=refused&text=x', as: 'ada' },
  { name: 'history-moment', path: '/settings/history?at=8', as: 'ada' },
  { name: 'history-new', path: '/settings/history', as: 'fresh', widths: NARROW },
  { name: 'home-long-name', path: '/', as: 'long', widths: NARROW },
  { name: 'history-right-to-left', path: '/settings/history', as: 'rightToLeft', widths: NARROW },
  { name: 'delete', path: '/settings/delete', as: 'ada' },
  { name: 'audit', path: '/audit', as: 'auditor' },
  { name: 'audit-account', path: 'audited', as: 'auditor' },
  { name: 'audit-newest', path: '/audit/newest', as: 'auditor' },
  { name: 'missing', path: '/no/such/page' },
];

async function sendHalfFilled(page: Page): Promise<void> {
  await page.getByLabel('E-mail address', { exact: true }).fill('ada@engine');
  await page.getByLabel('Username', { exact: true }).fill('Ada L');
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').waitFor();
}
