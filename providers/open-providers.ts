import type { ProviderConfig } from '../config/providers.ts';
import type { ProviderName } from '../domain/account/events.ts';
import { openPool, standardLimits, type Limits, type Line } from './calls.ts';
import { Facebook } from './facebook.ts';
import { Github } from './github.ts';
import { Google } from './google.ts';
import { OpenId } from './openid.ts';
import { unreachable } from '../domain/result.ts';
import type { Provider } from './provider.ts';
import { quietStrategies } from './quiet-strategies.ts';

export interface OpenOptions {
  /** Other limits than the standard ones: for tests that cannot wait. */
  readonly limits?: Partial<Limits>;
  /**
   * Asks OpenID issuers for their addresses in the background, so that `origin` is right before the first page is shown:
   * for servers.
   */
  readonly lookAhead?: boolean;
}

/**
 * The configured providers by name, in the order of their configuration. Waits for none of them: one that is down does
 * not keep an app from starting.
 */
export function openProviders(
  configs: readonly ProviderConfig[],
  { limits = {}, lookAhead = false }: OpenOptions = {},
): ReadonlyMap<ProviderName, Provider> {
  quietStrategies();
  const all = { ...standardLimits, ...limits };
  const pool = openPool(all);
  const open = (config: ProviderConfig): Provider => {
    const loopback = addressesOf(config).some((address) => new URL(address).protocol === 'http:');
    return openOne(config, { provider: config.name, limits: all, loopback, pool });
  };
  const providers = configs.map(open);
  if (lookAhead) for (const one of providers) if (one instanceof OpenId) void one.lookAhead();
  return new Map(providers.map((provider) => [provider.name, provider]));
}

function openOne(config: ProviderConfig, line: Line): Provider {
  switch (config.kind) {
    case 'github':
      return new Github(config, line);
    case 'google':
      return new Google(config, line);
    case 'facebook':
      return new Facebook(config, line);
    case 'oidc':
      return new OpenId(config, line);
    default:
      return unreachable(config);
  }
}

/** http is configured for this machine only, and by development rules only: config/ saw to it. */
function addressesOf(config: ProviderConfig): readonly string[] {
  switch (config.kind) {
    case 'github':
      return [config.baseUrl];
    case 'facebook':
      return [config.dialogUrl, config.graphUrl];
    default:
      return [config.issuer];
  }
}
