import { Calls, type Line } from './calls.ts';
import { providerFault } from './provider-fault.ts';

/**
 * The address of a path under a provider's API base; undefined where the path would leave it, however it is spelled: a
 * token goes nowhere else.
 */
export function apiAddress(base: string, path: string): URL | undefined {
  const root = new URL(base.endsWith('/') ? base : `${base}/`);
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return undefined;
  const url = new URL(`${root.href.slice(0, -1)}${path}`);
  return url.origin === root.origin && url.pathname.startsWith(root.pathname) && url.hash === ''
    ? url
    : undefined;
}

/** Calls an API in somebody's name. Throws ProviderFault; an answer below 500 is the caller's to read. */
export async function callApi(
  line: Line,
  { base, path, accessToken, extra = {} }: ApiCall,
): Promise<Response> {
  const url = apiAddress(base, path);
  if (!url) throw providerFault(line.provider, 'provider-rejected', 'a path outside of the API');
  for (const [name, value] of Object.entries(extra)) url.searchParams.set(name, value);
  return new Calls(line).send(url, { headers: bearer(accessToken), again: true });
}

interface ApiCall {
  readonly base: string;
  readonly path: string;
  readonly accessToken: string;
  /** Set in the address. */
  readonly extra?: Readonly<Record<string, string>>;
}

export const bearer = (accessToken: string) => ({
  authorization: `Bearer ${accessToken}`,
  accept: 'application/json',
});
