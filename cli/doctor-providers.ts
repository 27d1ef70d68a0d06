import { testSignIn, type TestSignIn } from '../commands/test-sign-in.ts';
import type { ToldField } from '../commands/told-fields.ts';
import type { Heard } from '../providers/heard.ts';
import { openProviders } from '../providers/open-providers.ts';
import type { Provider } from '../providers/provider.ts';
import { pastedTrip, typedLines, type Lines } from './pasted-trip.ts';
import type { Call, VerbAnswer } from './run-verb.ts';

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
  const { lines, close } = typedLines();
  const tried: Tried[] = [];
  for (const provider of providers.values()) {
    const callback = `${origin}/auth/${provider.name}/callback`;
    const signIn = await tryOne(provider, callback, lines);
    tried.push({ provider: provider.name, issuer: provider.issuer, callback, signIn });
  }
  close();
  const healthy = tried.every(({ signIn }) => signIn === null || signIn.fault === null);
  const text = tried.length === 0 ? 'No provider is configured.' : tried.map(textOf).join('\n\n');
  return { text, json: { healthy, providers: tried }, exitCode: healthy ? 0 : 1 };
}

async function tryOne(
  provider: Provider,
  redirectUri: string,
  lines: Lines,
): Promise<TestSignIn | null> {
  const heard: Heard[] = [];
  const hear = (one: Heard) => void heard.push(one);
  const outcome = await pastedTrip(provider, { redirectUri, lines, hear });
  if (outcome.ok) return testSignIn({ ok: true, proved: outcome.value }, heard, new Date());
  const { why } = outcome;
  return why === 'nothing-pasted' ? null : testSignIn({ ok: false, why }, heard, new Date());
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
