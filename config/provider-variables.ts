import { z } from 'zod';

/** Where the providers live unless the environment says otherwise. */
export const standardAddresses = {
  GITHUB_BASE_URL: 'https://github.com',
  GOOGLE_ISSUER: 'https://accounts.google.com',
  FACEBOOK_DIALOG_URL: 'https://www.facebook.com',
  FACEBOOK_GRAPH_URL: 'https://graph.facebook.com',
} as const;

const given = (description: string) => z.string().optional().describe(description);

/** The variables of the providers. Ids and secrets come in pairs; providers.ts sees to it. */
export const providerVariables = {
  GITHUB_CLIENT_ID: given('Client id of the GitHub application.'),
  GITHUB_CLIENT_SECRET: given('Client secret of the GitHub application.'),
  GITHUB_BASE_URL: given('GitHub Enterprise: pages under it, API under `/api/v3`.'),
  GITHUB_EMAIL_DOMAINS: given(
    'GitHub Enterprise: comma separated domains whose verified e-mails it may vouch for.',
  ),
  GITHUB_API_SCOPES: given(
    'Scopes for calls to the GitHub API, comma separated. Unset: no token is kept.',
  ),
  GOOGLE_CLIENT_ID: given('Client id of the Google application.'),
  GOOGLE_CLIENT_SECRET: given('Client secret of the Google application.'),
  GOOGLE_ISSUER: given('Issuer of the Google id tokens.'),
  GOOGLE_API_SCOPES: given(
    'Scopes for calls to Google APIs, comma separated. Unset: no token is kept.',
  ),
  FACEBOOK_CLIENT_ID: given('Client id of the Facebook application.'),
  FACEBOOK_CLIENT_SECRET: given('Client secret of the Facebook application.'),
  FACEBOOK_DIALOG_URL: given('Where the Facebook sign-in dialog lives.'),
  FACEBOOK_GRAPH_URL: given('Where the Facebook Graph API lives.'),
  FACEBOOK_API_SCOPES: given(
    'Permissions for calls to the Graph API, comma separated. Unset: no token is kept.',
  ),
  OIDC_PROVIDERS: given('Names of further OpenID providers, comma separated.'),
} as const;

/** For each name in OIDC_PROVIDERS: `OIDC_<NAME>_` and one of these. */
export const oidcVariables = {
  ISSUER: 'Issuer of the provider, byte for byte as its metadata says it.',
  CLIENT_ID: 'Client id there.',
  CLIENT_SECRET: 'Client secret there.',
  LABEL: 'What its button says. Unset: the name.',
  SCOPE:
    'Scopes to ask for. Unset: `openid profile email`. With any beyond those, tokens are kept for calls to its API.',
  EMAIL_DOMAINS: 'Comma separated domains whose verified e-mails the provider may vouch for.',
} as const;
export type OidcVariable = keyof typeof oidcVariables;

export const oidcVariable = (name: string, variable: OidcVariable) =>
  `OIDC_${name.toUpperCase()}_${variable}`;
