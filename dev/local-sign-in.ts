import { isLoopback } from '../config/loopback.ts';
import { choosePort } from './choose-port.ts';
import { samplePeople } from './local-provider/people.ts';
import { roleNames } from './local-provider/roles.ts';
import { startLocalProvider, type LocalProvider } from './local-provider/start-local-provider.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const FIRST_PORT = 4000;
const LAST_PORT = 4020;

/** Where the app will be, as the environment says it; what cannot be read the start itself complains of. */
function originOf({ ORIGIN, PORT }: Variables): URL | undefined {
  const text = ORIGIN || `http://localhost:${PORT}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Starts the local provider beside an app that this machine alone can reach, on the first free port from 4000 on: the
 * same port as last time keeps the same identities. Undefined where development rules would refuse it (H8).
 */
export async function localSignIn(variables: Variables): Promise<LocalProvider | undefined> {
  const origin = originOf(variables);
  const host = variables['HOST'] || '127.0.0.1';
  if (!origin || !isLoopback(origin.hostname) || !isLoopback(host)) return undefined;
  const appPort = Number(variables['PORT']);
  const taken = appPort >= FIRST_PORT && appPort <= LAST_PORT;
  const first = taken ? LAST_PORT + 1 : FIRST_PORT;
  const port = await choosePort(first, first + LAST_PORT - FIRST_PORT);
  const appOrigins = [origin.origin];
  try {
    return await startLocalProvider({ port: port ?? 0, appOrigins });
  } catch (fault) {
    // Somebody else took the port since it was found free.
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault;
    return startLocalProvider({ port: 0, appOrigins });
  }
}

/** What to add to the environment: each of the four that is not configured at all already. */
export function missingProviders(
  variables: Variables,
  { environment }: Pick<LocalProvider, 'environment'>,
): Readonly<Record<string, string>> {
  const unset = roleNames.filter((role) =>
    Object.keys(environment[role]).every((name) => !variables[name]),
  );
  return Object.fromEntries(unset.flatMap((role) => Object.entries(environment[role])));
}

/** What a newcomer reads in the terminal. */
export function localSignInText(
  { origin }: Pick<LocalProvider, 'origin'>,
  added: Readonly<Record<string, string>>,
): string {
  const people = samplePeople.map(({ handle }) => handle).join(', ');
  const lines = Object.entries(added).map(([name, value]) => `  ${name}=${value}`);
  return [
    `The local provider is at ${origin}: sign in there as ${people}, or as anybody you type.`,
    ...lines,
  ].join('\n');
}
