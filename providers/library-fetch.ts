import type { Call, Calls } from './calls.ts';

/** What openid-client and jose hand to a fetch of ours. */
interface LibraryCall {
  readonly method: string;
  readonly headers: Headers | Record<string, string>;
  readonly body?: unknown;
}

/** Calls with our limits in the shape that libraries ask for. `again` names the address that may be read twice. */
export const libraryFetch =
  (calls: Calls, again?: string) =>
  (url: string, { method, headers, body }: LibraryCall): Promise<Response> => {
    const call: Call = {
      method: method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(new Headers(headers)),
      again: method === 'GET' && url === again,
      ...(typeof body === 'string' || body instanceof URLSearchParams
        ? { body: String(body) }
        : {}),
    };
    return calls.send(url, call);
  };
