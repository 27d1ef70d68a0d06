import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

const LONGEST_LIST = 20;

/**
 * The client's address: the socket's, or with trusted proxies the entry that the outermost of them wrote, counted
 * from the right of X-Forwarded-For. What a client wrote further left is never looked at; what is no address falls
 * back to the next proxy inwards, at last the socket.
 */
export function clientAddress(
  request: IncomingMessage,
  trustedProxies: number,
): string | undefined {
  const socket = asAddress(request.socket.remoteAddress ?? '');
  if (trustedProxies === 0) return socket;
  const entries = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  return (
    entries.slice(-Math.min(trustedProxies, LONGEST_LIST)).map(asAddress).find(Boolean) ?? socket
  );
}

/** Without port, brackets, zone, or the prefix of an IPv4 address in IPv6; undefined if it is none. */
function asAddress(entry: string): string | undefined {
  const text = entry.trim().slice(0, 64).toLowerCase();
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/, '').replace(/%.*$/, '');
  return isIP(address) === 0 ? undefined : address;
}
