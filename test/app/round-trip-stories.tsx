import type { ReactElement } from 'react';
import { ProviderButtons } from '../../app/components/provider-buttons.tsx';
import { ConfirmOverPage, ConfirmPage } from '../../app/pages/confirm-page.tsx';
import { DevProvidersPage, type ProviderReturn } from '../../app/pages/dev-providers-page.tsx';
import { LoginPage } from '../../app/pages/login-page.tsx';
import { ProviderProblemPage } from '../../app/pages/provider-problem-page.tsx';
import { problemWords, type ProviderProblem } from '../../app/pages/provider-problem-text.ts';
import { ReauthPage } from '../../app/pages/reauth-page.tsx';
import { RegisterPage } from '../../app/pages/register-page.tsx';
import { SignedOutPage } from '../../app/pages/signed-out-page.tsx';
import { acme, facebook, github, google, providers } from './connection-stories.tsx';

const csrf = 'the-csrf-token';
const state = { csrf };
const now = '2026-03-14T16:20:00.000Z';
const identity = {
  provider: github,
  handle: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@engine.example',
  emailProved: true,
};
const bare = { provider: facebook, emailProved: false };
const account = { username: 'countess', name: 'Ada Lovelace', email: 'ada@engine.example' };
const values = { username: 'ada', name: 'Ada Lovelace', email: 'ada@engine.example' };
const ask = { state, pending: 'pending-1', identity };
const create = { intent: 'create', emailRequired: true } as const;
const long = {
  provider: { ...acme, label: 'The Royal Society for the Improvement of Natural Knowledge' },
  handle: 'augusta-ada-king-countess-of-lovelace-nee-byron-1815-to-1852-of-ockham-park',
  name: 'عائشة بنت عبد الرحمن ابن خلدون الأندلسية القرطبية',
  email: 'augusta.ada.king.countess.of.lovelace@directory.members.royal-society.example',
  emailProved: false,
};

const questions: Readonly<Record<string, ReactElement>> = {
  'confirm, create': <ConfirmPage {...ask} state={{ csrf, values }} question={create} />,
  'confirm, create, nothing known': (
    <ConfirmPage {...ask} identity={bare} question={{ ...create, emailRequired: false }} />
  ),
  'confirm, create, sent back': (
    <ConfirmPage
      {...ask}
      state={{ csrf, values, errors: { username: 'That username belongs to somebody else.' } }}
      question={{ ...create, emailKnown: 'ada@engine.example' }}
    />
  ),
  'confirm, link': <ConfirmPage {...ask} question={{ intent: 'link', account }} />,
  'confirm, link, long': (
    <ConfirmPage {...ask} identity={long} question={{ intent: 'link', account }} />
  ),
  'confirm, link, refused': (
    <ConfirmPage
      {...ask}
      state={{
        csrf,
        alert: {
          tone: 'danger',
          text: 'That way in already opens another Latchkey account. Sign in with it, or move it here.',
          refusal: 'identity-taken',
        },
      }}
      question={{ intent: 'link', account }}
    />
  ),
  'confirm, move': (
    <ConfirmPage {...ask} question={{ intent: 'move', account, onlyWayIn: false }} />
  ),
  'confirm, move, only way in': (
    <ConfirmPage {...ask} question={{ intent: 'move', account, onlyWayIn: true }} />
  ),
  'confirm, continue': (
    <ConfirmPage
      {...ask}
      question={{
        intent: 'continue',
        account: { username: 'mallory' },
        movedAt: '2026-03-03T09:14:30.000Z',
      }}
    />
  ),
  'confirm, over': <ConfirmOverPage signedIn={false} />,
  'confirm, over, signed in': <ConfirmOverPage signedIn />,
};

const returns: readonly ProviderReturn[] = [
  {
    provider: github,
    issuer: 'https://github.com',
    callback: 'http://localhost:3000/auth/github/callback',
    last: {
      at: now,
      fault: null,
      understood: [
        { name: 'subject', value: '4711' },
        { name: 'e-mail', value: null },
      ],
      answers: [
        {
          from: 'POST https://github.com/login/oauth/access_token',
          status: 200,
          fields: [{ name: 'access_token', secretLength: 40 }],
        },
        {
          from: 'GET https://api.github.com/user',
          status: 200,
          fields: [
            { name: 'id', value: '4711' },
            { name: 'login', value: 'ada' },
            { name: 'email', value: null },
          ],
        },
      ],
    },
  },
  {
    provider: google,
    issuer: 'https://accounts.google.com',
    callback: 'http://localhost:3000/auth/google/callback',
    last: { at: now, fault: 'provider-nonsense', understood: [], answers: [] },
  },
  {
    provider: acme,
    issuer: 'https://sign-in.acme.example/realms/a-rather-long-realm-name-of-the-works',
    callback: 'http://localhost:3000/auth/acme/callback',
    last: null,
  },
];

const buttons = <ProviderButtons providers={providers} csrf={csrf} intent="continue" />;
const reauth = { state, username: 'ada', redirectTo: '/settings/connections' };

const others: Readonly<Record<string, ReactElement>> = {
  'login with providers': <LoginPage state={state} providers={buttons} />,
  'register with providers': (
    <RegisterPage state={state} once="o" passwordMinLength={12} providers={buttons} />
  ),
  'register, closed': <RegisterPage state={state} once="o" passwordMinLength={12} closed />,
  'reauth, weak proof': (
    <ReauthPage
      {...reauth}
      purpose="change-ways-in"
      hasPassword={false}
      proofs={[{ ...github, weak: true }]}
    />
  ),
  'reauth, proofs and password': (
    <ReauthPage
      {...reauth}
      purpose="change-ways-in"
      hasPassword
      proofs={[{ ...google, weak: false }]}
    />
  ),
  'reauth, nothing': <ReauthPage {...reauth} purpose="go-on" hasPassword={false} />,
  'signed out, provider': <SignedOutPage provider="GitHub" />,
  'development providers': <DevProvidersPage returns={returns} csrf={csrf} now={now} />,
  'development providers, none': <DevProvidersPage returns={[]} csrf={csrf} now={now} />,
};

const problems = Object.keys(problemWords) as ProviderProblem[];
const intentOf = (problem: ProviderProblem) =>
  problem.startsWith('reauth') ? 'reauth' : 'continue';

/** Every page of a round trip to a provider. */
export const roundTripStories: Readonly<Record<string, ReactElement>> = {
  ...questions,
  ...others,
  ...Object.fromEntries(
    problems.map((problem) => [
      `problem ${problem}`,
      <ProviderProblemPage
        key={problem}
        problem={problem}
        provider={problem === 'no-handshake' ? undefined : github}
        intent={intentOf(problem)}
        providers={problem.startsWith('reauth') ? [github] : providers}
        csrf={csrf}
        redirectTo="/settings"
        requestId="r1"
      />,
    ]),
  ),
};
