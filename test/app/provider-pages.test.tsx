import { renderToStaticMarkup } from 'react-dom/server';
import { siFacebook, siGithub } from 'simple-icons';
import { describe, expect, test } from 'vitest';
import { ProviderButtons } from '../../app/components/provider-buttons.tsx';
import { providerKind } from '../../app/components/provider-choice.ts';
import { ProviderMark } from '../../app/components/provider-mark.tsx';
import { ProviderProblemPage } from '../../app/pages/provider-problem-page.tsx';
import { acme, facebook, github, google, providers } from './connection-stories.tsx';
import { roundTripStories } from './round-trip-stories.tsx';

const page = (name: string) => renderToStaticMarkup(roundTripStories[name]);
const words = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/[\u2068\u2069]/g, '');
const mark = (provider: typeof github) =>
  renderToStaticMarkup(<ProviderMark provider={provider} />);

describe('a mark', () => {
  test('is the drawing of its owner', () => {
    expect(mark(github)).toContain(siGithub.path);
    expect(mark(facebook)).toContain(siFacebook.path);
  });

  test('of Google has its four colours, as Google demands', () => {
    for (const colour of ['red', 'blue', 'yellow', 'green']) {
      expect(mark(google)).toContain(`mark-google-${colour}`);
    }
  });

  test('of any other provider is its first letter', () => {
    expect(mark(acme)).toMatch(/<text[^>]*>A<\/text>/);
    expect(mark({ ...acme, label: ' émile' })).toMatch(/<text[^>]*>É<\/text>/);
  });

  test('is decoration: the name stands beside it', () => {
    for (const provider of providers) expect(mark(provider)).toContain('aria-hidden="true"');
  });

  test('follows the name, also where the provider is no longer configured', () => {
    expect(['github', 'google', 'facebook', 'acme'].map(providerKind)).toEqual([
      'github',
      'google',
      'facebook',
      'oidc',
    ]);
  });
});

describe('the buttons of providers', () => {
  const html = renderToStaticMarkup(
    <ProviderButtons providers={providers} csrf="c" intent="link" redirectTo="/x" />,
  );

  test('are POST forms of their own: nothing starts a round trip by a link', () => {
    const starts = html.match(/<form method="post" action="\/auth\/[a-z]+"/g);
    expect(starts).toEqual(
      providers.map(({ name }) => `<form method="post" action="/auth/${name}"`),
    );
    expect(html).not.toContain('<a ');
    expect(html.match(/name="redirectTo" value="\/x"/g)).toHaveLength(4);
  });

  test.each([
    ['continue', 'Continue with GitHub'],
    ['link', 'Connect GitHub'],
    ['reauth', 'Prove it with GitHub'],
  ] as const)('for %s say the verb: %s', (intent, verb) => {
    const one = renderToStaticMarkup(
      <ProviderButtons providers={[github]} csrf="c" intent={intent} />,
    );
    expect(words(one)).toContain(verb);
    expect(one).toContain(`name="intent" value="${intent}"`);
    expect(one).not.toContain('redirectTo');
  });

  test('are nothing where no provider is configured', () => {
    expect(
      renderToStaticMarkup(<ProviderButtons providers={[]} csrf="c" intent="continue" />),
    ).toBe('');
  });
});

describe('a page for what went wrong at a provider', () => {
  const problem = (over: Partial<Parameters<typeof ProviderProblemPage>[0]>) =>
    renderToStaticMarkup(
      <ProviderProblemPage
        problem="denied"
        provider={github}
        intent="continue"
        providers={providers}
        csrf="c"
        {...over}
      />,
    );

  test('names its reason, says what is safe, and offers the other ways in', () => {
    const html = problem({ problem: 'provider-unreachable' });
    expect(html).toContain('data-refusal="provider-unreachable"');
    expect(words(html)).toContain('GitHub does not answer');
    expect(words(html)).toContain('Nothing was changed.');
    expect(html.match(/action="\/auth\//g)).toHaveLength(4);
    expect(html).toContain('href="/login"');
  });

  test('says the same of every forged way back, whoever it names', () => {
    const forged = problem({ problem: 'no-handshake' });
    expect(problem({ problem: 'no-handshake', provider: undefined })).toBe(forged);
  });

  test('leads back to where somebody came from', () => {
    expect(problem({ redirectTo: '/settings?x=1' })).toContain(
      'href="/login?redirectTo=%2Fsettings%3Fx%3D1"',
    );
    expect(problem({ intent: 'reauth', redirectTo: '/settings' })).toContain(
      'href="/reauth?redirectTo=%2Fsettings"',
    );
    expect(problem({ intent: 'link' })).toContain('href="/settings/connections"');
  });

  test('shows the form where only the form makes accounts', () => {
    expect(problem({ problem: 'form-only' })).toContain('href="/register"');
    expect(problem({ problem: 'sign-up-closed' })).not.toContain('href="/register"');
  });

  test('begins its sentences with a capital where nobody knows the provider', () => {
    const told = words(problem({ provider: undefined }));
    expect(told).toContain('The other side did not say yes');
  });
});

test('a weak proof is offered with what it is worth', () => {
  expect(words(page('reauth, weak proof'))).toContain('good for this one change');
  expect(words(page('reauth, proofs and password'))).not.toContain('good for this one change');
});

test('somebody who can prove nothing is told where to turn', () => {
  expect(words(page('reauth, nothing'))).toContain('recovery link');
  expect(words(page('reauth, weak proof'))).not.toContain('recovery link');
});

test('who leaves is told that the provider still knows them', () => {
  expect(words(page('signed out, provider'))).toContain('You are still signed in at GitHub.');
});

test('the page of what providers returned shows of a secret only its length', () => {
  const html = page('development providers');
  expect(html).toContain('hidden, 40 characters');
  expect(html).toContain('not given');
  expect(html).toContain('provider-nonsense');
});
