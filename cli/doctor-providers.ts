import { createInterface } from 'node:readline';
import { orProviderFault } from '../commands/round-trip.ts';
import { testSignIn, type TestSignIn } from '../commands/test-sign-in.ts';
import type { ToldField } from '../commands/told-fields.ts';
import type { Heard } from '../providers/heard.ts';
import { openProviders } from '../providers/open-providers.ts';
import type { Departed, Provider } from '../providers/provider.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

type Lines = AsyncIterator<string, undefined>;

/** What came of one provider; null where nobody went there. */
interface Tried {
  readonly provider: string;
  readonly issuer: string;
  /** What to register with it. */
  readonly callback: string;
  readonly signIn: TestSignIn | null;
}

/**
 * Signs in at each provider as a test: prints the address to open, and takes the address that the browser came back
 * to. Needs no running app: that one finds no round trip of its own and redeems nothing. Nobody is signed in and
 * nothing is stored. Exit code 1 where a provider failed.
 */
export async function doctorProviders({ environment }: Call): Promise<VerbAnswer> {
  const { origin, providers: configured } = environment;
  const providers = openProviders(configured);
  const input = createInterface({ input: process.stdin });
  const lines = input[Symbol.asyncIterator]();
  const tried: Tried[] = [];
  for (const provider of providers.values()) {
    const callback = `${origin}/auth/${provider.name}/callback`;
    const signIn = await tryOne(provider, callback, lines);
    tried.push({ provider: provider.name, issuer: provider.issuer, callback, signIn });
  }
  input.close();
  const healthy = tried.every(({ signIn }) => signIn === null || signIn.fault === null);
  const text = tried.length === 0 ? 'No provider is configured.' : tried.map(textOf).join('\n\n');
  return { text, json: { healthy, providers: tried }, exitCode: healthy ? 0 : 1 };
}

const report = { report: () => undefined };

async function tryOne(
  provider: Provider,
  redirectUri: string,
  lines: Lines,
): Promise<TestSignIn | null> {
  const left = await orProviderFault(report, () =>
    provider.depart({ redirectUri, ask: 'account' }),
  );
  if (!left.ok) return testSignIn(left, [], new Date());
  console.error(
    `${provider.label}: open this address, and sign in there.\n\n  ${left.value.url.href}\n`,
  );
  console.error('Then paste the address your browser came back to, or nothing to leave it out:');
  const pasted = await nextLine(lines);
  if (pasted === '') return null;
  const heard: Heard[] = [];
  const outcome = await arrived(provider, { departed: left.value, redirectUri, pasted, heard });
  return testSignIn(outcome, heard, new Date());
}

/** Empty at the end of the input too: nobody is there to paste anything. */
async function nextLine(lines: Lines): Promise<string> {
  const { value, done } = await lines.next();
  return done ? '' : value.trim();
}

interface Pasted {
  readonly departed: Departed;
  readonly redirectUri: string;
  readonly pasted: string;
  readonly heard: Heard[];
}

async function arrived(provider: Provider, { departed, redirectUri, pasted, heard }: Pasted) {
  const back = URL.canParse(pasted) ? new URL(pasted).searchParams : new URLSearchParams();
  const { state, kept } = departed;
  const [code, iss] = [back.get('code'), back.get('iss')];
  const isOurs = back.get('state') === state && provider.acceptsIss(iss);
  if (!isOurs) return { ok: false, why: 'provider-mismatch' } as const;
  if (code === null) return { ok: false, why: 'denied' } as const;
  const hear = (one: Heard) => void heard.push(one);
  const trip = { redirectUri, state, code, iss, kept, hear };
  const outcome = await orProviderFault(report, () => provider.arrive(trip));
  return outcome.ok ? ({ ok: true, proved: outcome.value } as const) : outcome;
}

function textOf({ provider, issuer, callback, signIn }: Tried): string {
  const head = `${provider}\n  issuer    ${issuer}\n  callback  ${callback}`;
  if (signIn === null) return `${head}\n  not tried`;
  const { fault, understood, answers } = signIn;
  const said = answers.flatMap(({ from, status, fields }) => [
    `  ${from} → ${status}`,
    ...fields.map((field) => `    ${lineOf(field)}`),
  ]);
  const end = fault === null ? '  ok' : `  BAD       ${fault}`;
  return [head, ...said, end, ...understood.map((field) => `    ${lineOf(field)}`)].join('\n');
}

function lineOf(field: ToldField): string {
  if ('secretLength' in field) return `${field.name}: hidden, ${field.secretLength} characters`;
  return `${field.name}: ${field.value ?? 'not given'}`;
}
