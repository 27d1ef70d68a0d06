import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  type ServerMetadata,
} from 'openid-client';
import type { Calls } from './calls.ts';
import { libraryFetch } from './library-fetch.ts';
import { providerFault } from './provider-fault.ts';
import type { ClientKeys } from './token-request.ts';

/**
 * The certified client for one round trip, so that its calls share the trip's deadline. It proves itself by Basic,
 * form-encoded as the RFC says, where the issuer knows it, else in the body (G16). Throws ProviderFault where the issuer
 * knows neither.
 */
export function openIdConfiguration(
  calls: Calls,
  metadata: ServerMetadata,
  { clientId, clientSecret }: ClientKeys,
): Configuration {
  // OpenID Connect Discovery section 3: unnamed means Basic.
  const known = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const basic = known.includes('client_secret_basic');
  if (!basic && !known.includes('client_secret_post')) {
    throw providerFault(calls.line.provider, 'provider-nonsense', 'no way to prove the client');
  }
  const proof = basic ? ClientSecretBasic(clientSecret) : ClientSecretPost(clientSecret);
  const configuration = new Configuration(metadata, clientId, undefined, proof);
  configuration[customFetch] = libraryFetch(calls, metadata.userinfo_endpoint);
  if (calls.line.loopback) allowInsecureRequests(configuration);
  return configuration;
}
