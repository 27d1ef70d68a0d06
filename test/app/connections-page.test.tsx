import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ruleText } from '../../app/pages/connections-text.ts';
import { connectionStories } from './connection-stories.tsx';

const page = (name: string) => renderToStaticMarkup(connectionStories[name]);
const forms = (html: string) => html.match(/<form.*?<\/form>/gs) ?? [];
const withIntent = (html: string, intent: string) =>
  forms(html).filter((form) => form.includes(`name="intent" value="${intent}"`));

describe('the one rule', () => {
  test.each([
    [1, 1, 'This is your only way in. Add another first.'],
    [2, 2, 'You can remove either one of these two.'],
    [3, 3, 'You can remove any one of these three.'],
    [12, 12, 'You can remove any one of these twelve.'],
    [13, 13, 'You can remove any one of these 13.'],
    [5, 3, 'Three of these five open your account now. You can remove any one of them.'],
    [
      4,
      1,
      'Only one of these four opens your account now. Add another before you remove that one.',
    ],
    [2, 0, 'None of these opens your account now. Add one before you sign out.'],
    [0, 0, 'You have no way in. Add one before you sign out.'],
  ])('says of %d ways in, %d of them usable: %s', (all, usable, words) => {
    expect(ruleText({ all, usable })).toBe(words);
  });

  test('counts neither what rests nor what is no longer offered', () => {
    expect(page('connections, resting')).toContain('Only one of these four opens your account');
    expect(page('connections, resting')).toContain('data-rule="only"');
    expect(page('connections, twelve')).toContain('data-rule="free"');
  });
});

describe('a way in that can be removed', () => {
  test('has a form that names provider and identity', () => {
    const [form = ''] = withIntent(page('connections'), 'unlink');
    expect(form).toContain('name="provider" value="github"');
    expect(form).toContain('name="identityId" value="identity-github"');
    expect(form).toMatch(/<button type="submit"[^>]*>.*Disconnect GitHub/);
  });

  test('says which one it is, where there are several of one provider', () => {
    const labels = page('connections, twelve').match(/aria-label="Disconnect GitHub [^"]*"/g);
    expect(labels).toHaveLength(3);
    expect(new Set(labels)).toHaveProperty('size', 3);
  });
});

describe('the only way in', () => {
  const html = page('connections, one');
  const [button = ''] = /<button[^>]*aria-disabled="true"[^>]*>/.exec(html) ?? [];

  test('keeps a button that sends nothing and is tied to its reason', () => {
    expect(button).toContain('type="button"');
    expect(button).toContain('aria-describedby="stays-identity-github"');
    expect(html).toMatch(/id="stays-identity-github"[^>]*>This is your only way in\./);
  });

  test('has the way out beside the reason, and it leads to what can be added', () => {
    expect(html).toMatch(/id="stays-identity-github".*?<a href="#add"[^>]*>Add another way in/s);
    expect(html).toContain('<section id="add"');
    expect(withIntent(html, 'link')).toHaveLength(4);
    expect(html).toMatch(/<a href="\/settings\/password"[^>]*>.*?Set a password/);
  });
});

describe('a way in that opens nothing', () => {
  const html = page('connections, resting');

  test('is restored by one press after a recovery', () => {
    const restore = withIntent(html, 'restore');
    expect(restore).toHaveLength(1);
    expect(restore[0]).toContain('name="identityId" value="identity-github"');
  });

  test('comes back only by a new round trip where its provider closed it', () => {
    const again = forms(html).filter((form) => form.includes('Connect again'));
    expect(again).toHaveLength(1);
    expect(again[0]).toContain('action="/auth/facebook"');
    expect(again[0]).toContain('name="intent" value="link"');
  });

  test('can be removed while another one is usable', () => {
    expect(withIntent(html, 'unlink')).toHaveLength(3);
    expect(html).not.toContain('aria-disabled="true"');
  });
});

test('a way in that moved away is told with its day, until somebody looks', () => {
  const html = page('connections, moved away');
  expect(html).toMatch(/role="alert".*?On 3 March 2026, GitHub .?@ada.? was moved/s);
});
