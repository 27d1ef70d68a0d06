import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { roundTripStories } from './round-trip-stories.tsx';

const page = (name: string) => renderToStaticMarkup(roundTripStories[name]);
const forms = (html: string) => html.match(/<form.*?<\/form>/gs) ?? [];
const withIntent = (html: string, intent: string) =>
  forms(html).filter((form) => form.includes(`name="intent" value="${intent}"`));
const words = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/[\u2068\u2069]/g, '');

describe.each(['create', 'link', 'move', 'continue'])('the question of %s', (intent) => {
  const html = page(`confirm, ${intent}`);

  test('is answered by one form, refused by the other, both bound to the same row', () => {
    for (const answer of [intent, 'cancel']) {
      const sent = withIntent(html, answer);
      expect(sent).toHaveLength(1);
      expect(sent[0]).toContain('name="pending" value="pending-1"');
    }
    expect(forms(html)).toHaveLength(2);
  });

  test('shows who came back, by handle and address', () => {
    expect(words(html)).toMatch(/You come from GitHub as\s+@ada\s+Ada Lovelace/);
    expect(words(html)).toContain('ada@engine.example');
    expect(html).toContain('data-mark="github"');
  });
});

test.each([
  ['create', 'A new account is made here, and GitHub @ada opens it.'],
  ['link', 'From now on, GitHub @ada opens the account countess.'],
  ['move', 'GitHub @ada will open the account countess, and the other account loses it.'],
  [
    'continue',
    'Since 3 March 2026, GitHub @ada opens the account mallory, and no longer the one it opened before.',
  ],
])('one sentence says what %s does', (intent, sentence) => {
  expect(words(page(`confirm, ${intent}`))).toContain(sentence);
});

test('creating asks for username, name and address, with what is suggested in them', () => {
  const html = page('confirm, create');
  expect(html).toMatch(/name="username"[^>]*value="ada"/);
  expect(html).toMatch(/name="name"[^>]*value="Ada Lovelace"/);
  expect(html).toMatch(/name="email"[^>]*value="ada@engine\.example"/);
});

test('an address is asked for only where it is wanted', () => {
  const email = (html: string) => /<input[^>]*name="email"[^>]*>/.exec(html)?.[0] ?? '';
  expect(email(page('confirm, create'))).toContain('required');
  expect(email(page('confirm, create, nothing known'))).not.toContain('required');
});

test('an address that an account has already is said with the way to that account', () => {
  const html = page('confirm, create, sent back');
  expect(words(html)).toContain('An account with ada@engine.example exists already.');
  expect(html).toContain('href="/login"');
  expect(page('confirm, create')).not.toContain('exists already');
});

test('the last way in of another account cannot be asked away', () => {
  const html = page('confirm, move, only way in');
  expect(withIntent(html, 'move')).toHaveLength(0);
  expect(withIntent(html, 'cancel')).toHaveLength(1);
  expect(words(html)).toContain('is the only way in of that other account');
});

test('after a move nothing invites to go on', () => {
  const [form = ''] = withIntent(page('confirm, continue'), 'continue');
  expect(form).not.toContain('bg-brass');
  expect(words(page('confirm, continue'))).toContain('You are not signed in yet.');
});

test('a question that is over leads to where its answer can be seen', () => {
  expect(page('confirm, over')).toContain('href="/login"');
  expect(page('confirm, over, signed in')).toContain('href="/settings/connections"');
});
