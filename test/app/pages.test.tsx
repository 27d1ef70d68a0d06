import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LoginPage } from '../../app/pages/login-page.tsx';
import { PasswordSettingsPage } from '../../app/pages/password-settings-page.tsx';
import { RegisterPage } from '../../app/pages/register-page.tsx';
import { now, pageStories, state } from './page-stories.tsx';

const inputs = (html: string) => html.match(/<input[^>]*>/g) ?? [];
const named = (html: string, name: string) =>
  inputs(html).filter((input) => input.includes(` name="${name}"`));

describe.each(pageStories)('the page %s', (_, page) => {
  const html = renderToStaticMarkup(page);

  test('has no inline style and no inline handler, which the CSP would block', () => {
    expect(html).not.toMatch(/ style=/);
    expect(html).not.toMatch(/ on[a-z]+="/);
  });

  test('has one heading of the first rank', () => {
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  test('sends every form by POST with the csrf token; a search alone stands in the address, without it', () => {
    const all = html.match(/<form.*?<\/form>/gs) ?? [];
    const searches = all.filter((form) => form.includes('role="search"'));
    for (const search of searches) {
      expect(search).toContain('method="get"');
      expect(search).not.toMatch(/csrf|type="(hidden|password)"/);
    }
    const forms = all.filter((form) => !searches.includes(form));
    for (const form of forms) {
      expect(form).toContain('method="post"');
      expect(form).toContain('name="csrf" value="the-csrf-token"');
    }
    expect(forms.length).toBeGreaterThanOrEqual(2);
  });

  test('uses no id twice', () => {
    const ids = html.match(/ id="[^"]*"/g) ?? [];
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('has a label for every field that is not hidden', () => {
    const open = inputs(html).filter((input) => !/type="hidden"| hidden=""/.test(input));
    for (const input of open) {
      const id = / id="([^"]*)"/.exec(input)?.[1] ?? 'no id';
      expect(html).toContain(`for="${id}"`);
    }
  });
});

const wrongRegister = renderToStaticMarkup(
  <RegisterPage
    once="o"
    passwordMinLength={12}
    state={{
      ...state,
      values: { email: 'ada@engine.example', password: 'typed secret words' },
      errors: { username: 'Choose a username.', password: 'Use at least 12 characters.' },
      alert: { tone: 'danger', text: 'Nothing was saved.', refusal: 'username-taken' },
    }}
  />,
);

describe('a form that was sent back', () => {
  test('keeps what was typed, and never a password', () => {
    expect(named(wrongRegister, 'email')[0]).toContain('value="ada@engine.example"');
    expect(wrongRegister).not.toContain('typed secret words');
  });

  test('ties each message to its field', () => {
    const [username = ''] = named(wrongRegister, 'username');
    expect(username).toContain('aria-invalid="true"');
    expect(username).toContain('aria-describedby="username-hint username-error"');
    expect(wrongRegister).toMatch(/id="username-error"[^>]*>.*?Choose a username\./);
  });

  test('puts the focus on the first wrong field and nowhere else', () => {
    expect(wrongRegister.match(/autofocus=""/g)).toHaveLength(1);
    expect(named(wrongRegister, 'username')[0]).toContain('autofocus=""');
  });

  test('names the refusal, and links to each wrong field', () => {
    expect(wrongRegister).toContain('data-refusal="username-taken"');
    expect(wrongRegister).toContain('href="#username"');
    expect(wrongRegister).toContain('href="#password"');
  });

  test('puts the focus on the word about the whole where no field is wrong', () => {
    const alert = { tone: 'danger', text: 'That is not right.' } as const;
    const html = renderToStaticMarkup(<LoginPage state={{ ...state, alert }} />);
    expect(html.match(/autofocus=""/g)).toHaveLength(1);
    expect(html).toMatch(/<div tabindex="-1" autofocus=""/i);
  });

  test('shows messages at the password form that was sent, not at its neighbour', () => {
    const errors = { currentPassword: 'This is not your current password.' };
    const html = renderToStaticMarkup(
      <PasswordSettingsPage
        state={{ ...state, errors }}
        intent="remove"
        username="ada"
        passwordSetAt={now}
        removable
        passwordMinLength={12}
        now={now}
      />,
    );
    expect(html).toContain('id="remove-currentPassword-error"');
    expect(html).not.toContain('id="currentPassword-error"');
  });
});

describe('the web contract', () => {
  const all = new Map(pageStories.map(([name, page]) => [name, renderToStaticMarkup(page)]));

  test.each([
    ['register', ['email', 'username', 'name', 'password', 'passwordConfirm', 'once']],
    ['login', ['identifier', 'password', 'redirectTo']],
    ['reauth', ['currentPassword', 'redirectTo']],
    ['recover', ['newPassword', 'newPasswordConfirm']],
    ['profile', ['username', 'name', 'email']],
    ['password, change', ['intent', 'currentPassword', 'newPassword', 'newPasswordConfirm']],
    ['sessions', ['intent', 'sessionId']],
  ])('the form of %s has its fields', (page, names) => {
    for (const name of names) expect(named(all.get(page) ?? '', name)).not.toHaveLength(0);
  });

  test.each([
    ['register', 'email', 'email'],
    ['register', 'username', 'username'],
    ['register', 'name', 'name'],
    ['register', 'password', 'new-password'],
    ['login', 'identifier', 'username'],
    ['login', 'password', 'current-password'],
    ['password, change', 'newPasswordConfirm', 'new-password'],
  ])('on %s the field %s is filled as %s', (page, name, autocomplete) => {
    expect(named(all.get(page) ?? '', name)[0]).toContain(`autoComplete="${autocomplete}"`);
  });
});
