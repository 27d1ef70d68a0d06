import { auditEntries } from '../../commands/audit-stream.ts';
import { findAccount } from '../../commands/find-account.ts';
import { openLatchkey, type Latchkey } from '../../commands/open-latchkey.ts';
import { readEnvironment } from '../../config/environment.ts';
import { newPerson, registered, type Person } from './people.ts';
import { runLatchkey } from './run-latchkey.ts';
import type { RunningApp } from './running-app.ts';
import { WebClient } from './web-client.ts';

type App = Pick<RunningApp, 'origin' | 'dataDir'>;
/** Of the server, where it has any that its files do not tell. */
type Variables = Readonly<Record<string, string>>;

/** Opens the files of a server beside it, as another process does. */
export async function besideServer<T>(
  dataDir: string,
  work: (latchkey: Latchkey) => Promise<T>,
  environment: Variables = {},
): Promise<T> {
  const latchkey = await openLatchkey(readEnvironment({ DATA_DIR: dataDir, ...environment }), {
    report: ({ what, error }) => {
      throw new Error(what, { cause: error });
    },
  });
  try {
    return await work(latchkey);
  } finally {
    await latchkey.close();
  }
}

/** The id of somebody's account. */
export const accountIdOf = (
  { dataDir }: App,
  { username }: Pick<Person, 'username'>,
  environment: Variables = {},
) =>
  besideServer(
    dataDir,
    async ({ deps }) => {
      const found = await findAccount(deps, username);
      if (!found) throw new Error(`nobody is called ${username}`);
      return found.accountId;
    },
    environment,
  );

/** What stands in an account's audit stream, oldest first. */
export const auditTrail = ({ dataDir }: App, accountId: string) =>
  besideServer(dataDir, async ({ deps }) =>
    (await auditEntries(deps.store, accountId)).map(({ event }) => event),
  );

export const giveRole = (
  { dataDir }: App,
  { username }: Pick<Person, 'username'>,
  environment: Variables = {},
) =>
  runLatchkey(['role', 'grant', username, 'auditor', '--by', 'Charles'], {
    DATA_DIR: dataDir,
    ...environment,
  });

export const takeRole = ({ dataDir }: App, { username }: Pick<Person, 'username'>) =>
  runLatchkey(['role', 'revoke', username, 'auditor'], { DATA_DIR: dataDir });

/** A browser in which an auditor is signed in. */
export async function auditorAt(app: App, environment: Variables = {}) {
  const auditor = await somebodyAt(app, environment);
  await giveRole(app, auditor.person, environment);
  return auditor;
}

/** Somebody with an account, and its id. */
export async function somebodyAt(app: App, environment: Variables = {}) {
  const { client, person } = await registered(new WebClient(app.origin), newPerson());
  return { client, person, accountId: await accountIdOf(app, person, environment) };
}
