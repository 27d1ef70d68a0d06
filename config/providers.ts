import { isLoopback } from './loopback.ts';
import { oidcVariable, oidcVariables, standardAddresses } from './provider-variables.ts';

interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What it is asked for beyond who somebody is; tokens are kept only where there is any. */
interface Api {
  readonly apiScopes: readonly string[];
}

interface GitHub extends Client, Api {
  readonly kind: 'github';
  readonly name: 'github';
  readonly baseUrl: string;
  /** Domains an Enterprise server may vouch for (security 1.5). */
  readonly emailDomains: readonly string[];
}
interface Google extends Client, Api {
  readonly kind: 'google';
  readonly name: 'google';
  readonly issuer: string;
}
interface Facebook extends Client, Api {
  readonly kind: 'facebook';
  readonly name: 'facebook';
  readonly dialogUrl: string;
  readonly graphUrl: string;
}
interface OpenId extends Client {
  readonly kind: 'oidc';
  readonly name: string;
  readonly issuer: string;
  readonly label: string;
  readonly scope: string;
  readonly emailDomains: readonly string[];
}

/** A provider as configured; `name` is its label in addresses and events. */
export type ProviderConfig = GitHub | Google | Facebook | OpenId;

/** What the providers are read from: the environment without its empty values. */
export interface ProviderReading {
  readonly variables: Readonly<Record<string, string>>;
  readonly development: boolean;
  /** Told what is wrong with which variable. */
  readonly problem: (variable: string, what: string) => void;
}

const RESERVED = new Set(['github', 'google', 'facebook', 'confirm', 'problem', 'password']);
const NAME = /^[a-z][a-z0-9]{0,19}$/;

/** Reads every provider. Half a provider is a problem under the missing variable's name. */
export function readProviders(reading: ProviderReading): readonly ProviderConfig[] {
  const found = [github(reading), google(reading), facebook(reading), ...openIds(reading)];
  return found.filter((provider) => provider !== undefined);
}

function github(reading: ProviderReading): GitHub | undefined {
  const baseUrl = address(reading, 'GITHUB_BASE_URL');
  const known = client(reading, 'GITHUB', [
    'GITHUB_BASE_URL',
    'GITHUB_EMAIL_DOMAINS',
    'GITHUB_API_SCOPES',
  ]);
  const emailDomains = list(reading.variables['GITHUB_EMAIL_DOMAINS']?.toLowerCase());
  const apiScopes = list(reading.variables['GITHUB_API_SCOPES']);
  return known && { kind: 'github', name: 'github', ...known, baseUrl, emailDomains, apiScopes };
}

function google(reading: ProviderReading): Google | undefined {
  const issuer = address(reading, 'GOOGLE_ISSUER');
  const known = client(reading, 'GOOGLE', ['GOOGLE_ISSUER', 'GOOGLE_API_SCOPES']);
  const apiScopes = list(reading.variables['GOOGLE_API_SCOPES']);
  return known && { kind: 'google', name: 'google', ...known, issuer, apiScopes };
}

function facebook(reading: ProviderReading): Facebook | undefined {
  const dialogUrl = address(reading, 'FACEBOOK_DIALOG_URL');
  const graphUrl = address(reading, 'FACEBOOK_GRAPH_URL');
  const known = client(reading, 'FACEBOOK', [
    'FACEBOOK_DIALOG_URL',
    'FACEBOOK_GRAPH_URL',
    'FACEBOOK_API_SCOPES',
  ]);
  const apiScopes = list(reading.variables['FACEBOOK_API_SCOPES']);
  return known && { kind: 'facebook', name: 'facebook', ...known, dialogUrl, graphUrl, apiScopes };
}

function openIds(reading: ProviderReading): readonly (OpenId | undefined)[] {
  const { variables, problem } = reading;
  const names = list(variables['OIDC_PROVIDERS']);
  refuseOrphans(reading, names);
  if (new Set(names).size !== names.length) problem('OIDC_PROVIDERS', 'names one provider twice');
  return names.map((name) => {
    if (NAME.test(name) && !RESERVED.has(name)) return openId(reading, name);
    problem('OIDC_PROVIDERS', `cannot use the name ${name}: [a-z][a-z0-9]{0,19}, none of ours`);
    return undefined;
  });
}

function openId(reading: ProviderReading, name: string): OpenId | undefined {
  const { variables } = reading;
  const issuerVariable = oidcVariable(name, 'ISSUER');
  const known = client(reading, `OIDC_${name.toUpperCase()}`, ['OIDC_PROVIDERS']);
  if (variables[issuerVariable] === undefined) {
    reading.problem(issuerVariable, 'is missing');
    return undefined;
  }
  const issuer = address(reading, issuerVariable);
  const label = variables[oidcVariable(name, 'LABEL')] ?? name;
  const scope = variables[oidcVariable(name, 'SCOPE')] ?? 'openid profile email';
  const emailDomains = list(variables[oidcVariable(name, 'EMAIL_DOMAINS')]?.toLowerCase());
  return known && { kind: 'oidc', name, ...known, issuer, label, scope, emailDomains };
}

/** A variable of a provider that nobody named is a slip, not a wish. */
function refuseOrphans({ variables, problem }: ProviderReading, names: readonly string[]): void {
  const kinds = Object.keys(oidcVariables);
  const wanted = new Set(
    names.flatMap((name) => kinds.map((kind) => `OIDC_${name.toUpperCase()}_${kind}`)),
  );
  for (const variable of Object.keys(variables)) {
    if (!variable.startsWith('OIDC_') || variable === 'OIDC_PROVIDERS') continue;
    if (!wanted.has(variable)) problem(variable, 'belongs to no name in OIDC_PROVIDERS');
  }
}

/** Id and secret; undefined where nothing of the provider is configured, or only half of it. */
function client(
  { variables, problem }: ProviderReading,
  prefix: string,
  others: readonly string[],
): Client | undefined {
  const clientId = variables[`${prefix}_CLIENT_ID`];
  const clientSecret = variables[`${prefix}_CLIENT_SECRET`];
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  const wanted = [clientId, clientSecret, ...others.map((other) => variables[other])];
  if (wanted.every((value) => value === undefined)) return undefined;
  if (clientId === undefined) problem(`${prefix}_CLIENT_ID`, 'is missing');
  if (clientSecret === undefined) problem(`${prefix}_CLIENT_SECRET`, 'is missing');
  return undefined;
}

/** https, or loopback under development rules (O8). Kept as typed: an issuer counts byte for byte. */
function address(reading: ProviderReading, variable: string): string {
  const standards: Readonly<Record<string, string>> = standardAddresses;
  const value = reading.variables[variable] ?? standards[variable] ?? '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const local = url?.protocol === 'http:' && reading.development && isLoopback(url.hostname);
  const plain = url?.username === '' && url.search === '' && url.hash === '';
  if (!plain || (url.protocol !== 'https:' && !local)) {
    reading.problem(variable, 'must be an https address, or loopback under development rules');
  }
  return value;
}

const list = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
