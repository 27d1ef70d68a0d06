/** The parts that the local provider plays. */
export const roleNames = ['github', 'google', 'facebook', 'acme'] as const;
export type RoleName = (typeof roleNames)[number];

export interface Role {
  readonly name: RoleName;
  readonly label: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What it calls itself when it sends somebody back (RFC 9207); null where the real one says nothing. */
  readonly iss: string | null;
  /** Where the browser is sent to, as a pattern of paths. */
  readonly authorizePath: RegExp;
}

/** What real secrets seldom hold, so that careless encoding shows (G16). */
const SECRET = 'local+secret%41:é';

/** The four roles of a provider at this origin. */
export const rolesAt = (origin: string): readonly Role[] => [
  {
    name: 'github',
    label: 'GitHub',
    clientId: 'local-github',
    clientSecret: SECRET,
    iss: `${origin}/github/login/oauth`,
    authorizePath: /^\/github\/login\/oauth\/authorize$/,
  },
  {
    name: 'google',
    label: 'Google',
    clientId: 'local-google.apps.example.com',
    clientSecret: SECRET,
    iss: null,
    authorizePath: /^\/google\/authorize$/,
  },
  {
    name: 'facebook',
    label: 'Facebook',
    clientId: '1000000000001',
    clientSecret: SECRET,
    iss: null,
    authorizePath: /^\/facebook(\/v\d+\.\d+)?\/dialog\/oauth$/,
  },
  {
    name: 'acme',
    label: 'Acme',
    clientId: 'local acme:+é',
    clientSecret: SECRET,
    iss: `${origin}/acme`,
    authorizePath: /^\/acme\/authorize$/,
  },
];

/** The environment that points an app at the local provider, by role. */
export const environmentAt = (
  origin: string,
): Readonly<Record<RoleName, Readonly<Record<string, string>>>> => {
  const [github, google, facebook, acme] = rolesAt(origin).map(
    ({ clientId, clientSecret }) => [clientId, clientSecret] as const,
  );
  return {
    github: {
      ...client('GITHUB', github),
      GITHUB_BASE_URL: `${origin}/github`,
    },
    google: { ...client('GOOGLE', google), GOOGLE_ISSUER: `${origin}/google` },
    facebook: {
      ...client('FACEBOOK', facebook),
      FACEBOOK_DIALOG_URL: `${origin}/facebook`,
      FACEBOOK_GRAPH_URL: `${origin}/graph`,
    },
    acme: {
      OIDC_PROVIDERS: 'acme',
      ...client('OIDC_ACME', acme),
      OIDC_ACME_ISSUER: `${origin}/acme`,
      OIDC_ACME_LABEL: 'Acme',
      OIDC_ACME_EMAIL_DOMAINS: 'example.com',
    },
  };
};

const client = (prefix: string, [id, secret]: readonly [string, string] = ['', '']) => ({
  [`${prefix}_CLIENT_ID`]: id,
  [`${prefix}_CLIENT_SECRET`]: secret,
});
