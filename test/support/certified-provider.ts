import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider as Issuer } from 'oidc-provider';

/** The certified provider running, with one client of ours. */
export interface CertifiedProvider {
  readonly issuer: string;
  /** The variables that point an app at it under the name `corp`. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const CLIENT_ID = 'corp client+%41';
const CLIENT_SECRET = 'se+cr%41t:with blanks and more than enough of it';

/**
 * Starts `oidc-provider`, which nobody here wrote and the OpenID Foundation certified: whoever signs in there with any
 * login is that login, with a verified e-mail at example.com. Its own pages ask for login and consent.
 */
export async function startCertifiedProvider({
  redirectUris,
  authMethod = 'client_secret_basic',
}: {
  readonly redirectUris: readonly string[];
  readonly authMethod?: 'client_secret_basic' | 'client_secret_post';
}): Promise<CertifiedProvider> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');

  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Issuer(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [...redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: authMethod,
      },
    ],
    clientAuthMethods: [authMethod],
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    cookies: { keys: ['a key for tests'] },
    features: { revocation: { enabled: true } },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `Somebody called ${id}`,
        preferred_username: id,
        email: `${id}@example.com`,
        email_verified: true,
      }),
    }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    environment: {
      OIDC_PROVIDERS: 'corp',
      OIDC_CORP_ISSUER: issuer,
      OIDC_CORP_CLIENT_ID: CLIENT_ID,
      OIDC_CORP_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_CORP_LABEL: 'Corp',
      OIDC_CORP_EMAIL_DOMAINS: 'example.com',
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
