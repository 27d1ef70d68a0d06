import type { ReactElement } from 'react';
import type { ProviderChoice } from '../../app/components/provider-choice.ts';
import type { Connection } from '../../app/pages/connection-row.tsx';
import { ConnectionsPage } from '../../app/pages/connections-page.tsx';

const csrf = 'the-csrf-token';
const now = '2026-03-14T16:20:00.000Z';
const addedAt = '2026-03-09T18:40:55.000Z';
const lastUsedAt = '2026-03-14T15:58:07.000Z';

export const github: ProviderChoice = { name: 'github', label: 'GitHub', kind: 'github' };
export const google: ProviderChoice = { name: 'google', label: 'Google', kind: 'google' };
export const facebook: ProviderChoice = { name: 'facebook', label: 'Facebook', kind: 'facebook' };
export const acme: ProviderChoice = { name: 'acme', label: 'Acme Works', kind: 'oidc' };
/** The longest label an operator is likely to choose. */
const society: ProviderChoice = {
  name: 'society',
  label: 'The Royal Society for the Improvement of Natural Knowledge, Members’ Directory',
  kind: 'oidc',
};
export const providers = [github, google, facebook, acme] as const;

const use = { addedAt, lastUsedAt, removable: true };
const ada: Connection = {
  ...use,
  identityId: 'identity-github',
  provider: github,
  handle: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@engine.example',
  state: 'usable',
};
const adaAtGoogle: Connection = {
  ...use,
  identityId: 'identity-google',
  provider: google,
  name: 'Ada Lovelace',
  email: 'ada.lovelace@gmail.example',
  lastUsedAt: null,
  state: 'usable',
};
const hebrew: Connection = {
  ...use,
  identityId: 'identity-facebook',
  provider: facebook,
  name: 'עדה לאבלייס',
  lastUsedAt: undefined,
  state: 'usable',
};
const long: Connection = {
  ...use,
  identityId: 'identity-society',
  provider: society,
  handle: 'augusta-ada-king-countess-of-lovelace-nee-byron-1815-to-1852-of-ockham-park',
  email: 'augusta.ada.king.countess.of.lovelace@directory.members.royal-society.example',
  state: 'usable',
};
const only = { ...ada, removable: false, current: true };
const password = { ...use, current: true };

const many = Array.from({ length: 11 }, (_, index): Connection => {
  const provider = providers[index % providers.length] ?? github;
  return { ...ada, identityId: `identity-${index}`, provider, handle: `ada-${index + 1}` };
});

const page = { csrf, now, providers };

/** The page of the ways in, in every state it has. */
export const connectionStories: Readonly<Record<string, ReactElement>> = {
  connections: (
    <ConnectionsPage {...page} password={password} connections={[ada, adaAtGoogle, hebrew]} />
  ),
  'connections, one': <ConnectionsPage {...page} password={null} connections={[only]} />,
  'connections, password only': (
    <ConnectionsPage {...page} password={{ ...password, removable: false }} connections={[]} />
  ),
  'connections, nothing to add': (
    <ConnectionsPage
      {...page}
      providers={[]}
      password={{ ...password, removable: false }}
      connections={[]}
    />
  ),
  'connections, twelve': <ConnectionsPage {...page} password={password} connections={many} />,
  'connections, resting': (
    <ConnectionsPage
      {...page}
      providers={[github, google, facebook]}
      password={{ ...password, removable: false }}
      connections={[
        { ...ada, state: 'recovery' },
        { ...hebrew, state: 'provider' },
        { ...ada, identityId: 'identity-acme', provider: acme, state: 'unconfigured' },
      ]}
    />
  ),
  'connections, none usable': (
    <ConnectionsPage
      {...page}
      password={null}
      connections={[{ ...hebrew, state: 'provider', removable: false }]}
    />
  ),
  'connections, long': (
    <ConnectionsPage
      {...page}
      providers={[...providers, society]}
      password={null}
      connections={[long, { ...ada, name: undefined, handle: undefined, email: undefined }]}
    />
  ),
  'connections, moved away': (
    <ConnectionsPage
      {...page}
      password={password}
      connections={[adaAtGoogle]}
      moved={[{ provider: github, handle: 'ada', movedAt: '2026-03-03T09:14:30.000Z' }]}
    />
  ),
  'connections, refused': (
    <ConnectionsPage
      {...page}
      password={null}
      connections={[only]}
      alert={{
        tone: 'danger',
        text: 'This is your only way in. Add another first.',
        refusal: 'last-way-in',
      }}
    />
  ),
};
