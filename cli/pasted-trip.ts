import { createInterface } from 'node:readline';
import { orProviderFault } from '../commands/round-trip.ts';
import type { Heard } from '../providers/heard.ts';
import type { Departed, Provider, Proved, ProviderFaultCode } from '../providers/provider.ts';

export type Lines = AsyncIterator<string, undefined>;

/** What came of a round trip at the terminal. */
export type PastedTrip =
  | { readonly ok: true; readonly value: Proved }
  | { readonly ok: false; readonly why: ProviderFaultCode | 'denied' | 'nothing-pasted' };

/** The lines of standard input, one after the other; ended by `close`. */
export function typedLines(): { readonly lines: Lines; readonly close: () => void } {
  const input = createInterface({ input: process.stdin });
  return { lines: input[Symbol.asyncIterator](), close: () => input.close() };
}

export interface Asked {
  /** The app's own callback, which the provider knows. No app has to run: one that does knows nothing of this trip, and redeems nothing. */
  readonly redirectUri: string;
  readonly lines: Lines;
  /** Told of every answer of the provider. */
  readonly hear: (one: Heard) => void;
}

const report = { report: () => undefined };

/** Prints the address to open, takes the address that the browser came back to, and redeems its code. */
export async function pastedTrip(
  provider: Provider,
  { redirectUri, lines, hear }: Asked,
): Promise<PastedTrip> {
  const left = await orProviderFault(report, () =>
    provider.depart({ redirectUri, ask: 'account' }),
  );
  if (!left.ok) return left;
  console.error(
    `${provider.label}: open this address, and sign in there.\n\n  ${left.value.url.href}\n`,
  );
  console.error('Then paste the address your browser came back to, or nothing to leave it out:');
  const pasted = await nextLine(lines);
  if (pasted === '') return { ok: false, why: 'nothing-pasted' };
  return arrived(provider, { departed: left.value, redirectUri, pasted, hear });
}

/** Empty at the end of the input too: nobody is there to paste anything. */
async function nextLine(lines: Lines): Promise<string> {
  const { value, done } = await lines.next();
  return done ? '' : value.trim();
}

interface Pasted extends Pick<Asked, 'redirectUri' | 'hear'> {
  readonly departed: Departed;
  readonly pasted: string;
}

async function arrived(
  provider: Provider,
  { departed, redirectUri, pasted, hear }: Pasted,
): Promise<PastedTrip> {
  const back = URL.canParse(pasted) ? new URL(pasted).searchParams : new URLSearchParams();
  const { state, kept } = departed;
  const [code, iss] = [back.get('code'), back.get('iss')];
  const isOurs = back.get('state') === state && provider.acceptsIss(iss);
  if (!isOurs) return { ok: false, why: 'provider-mismatch' };
  if (code === null) return { ok: false, why: 'denied' };
  return orProviderFault(report, () =>
    provider.arrive({ redirectUri, state, code, iss, kept, hear }),
  );
}
