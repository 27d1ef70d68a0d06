import type { Import } from './source-tree.ts';

/** Who may import whom, besides itself. What is not named here may import nothing of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  sqlite: [],
  config: [],
  eventstore: ['domain', 'sqlite'],
  vault: ['domain', 'sqlite'],
  projections: ['eventstore', 'domain', 'sqlite'],
  providers: ['vault', 'domain', 'config'],
  commands: ['providers', 'projections', 'eventstore', 'vault', 'domain', 'config'],
  app: ['commands', 'providers', 'projections', 'eventstore', 'vault', 'domain', 'config'],
  cli: ['commands', 'providers', 'projections', 'eventstore', 'vault', 'domain', 'config'],
};

/** The rooms above, in the house; `dev`, `bench` and `test` stand outside it and may look in. */
export const ROOMS = new Set(Object.keys(MAY_IMPORT));

/** Packages that belong to one place. */
const OWNERS: readonly (readonly [packages: RegExp, place: RegExp, where: string])[] = [
  [/^@eventstore\/db-client$/, /^eventstore\/esdb[^/]*\.ts$/, 'eventstore/esdb*.ts'],
  [/^node:sqlite$/, /^[^/]+\/sqlite[^/]*\.ts$/, '*/sqlite*.ts'],
  [
    /^(react|react-dom|@remix-run\/(react|node)|express|helmet|compression|pino-http)$/,
    /^app\//,
    'app/',
  ],
  [/^remix-auth/, /^(app|providers)\//, 'app/ and providers/'],
  [/^(arctic|openid-client|jose|undici)$/, /^providers\//, 'providers/'],
  [/^(commander|cli-progress)$/, /^cli\//, 'cli/'],
];

/** The rooms that know nothing of the outside: what they may import from npm and Node. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  domain: /^zod$/,
  config: /^(zod|node:.+)$/,
  sqlite: /^node:.+$/,
};

/** Says what is wrong with an import, or nothing. */
export function trespass(found: Import): string | undefined {
  return foreignRoom(found) ?? foreignPackage(found) ?? serviceInPage(found);
}

const room = (path: string): string => (path.includes('/') ? path.replace(/\/.*/, '') : '');

function foreignRoom({ from, to, ours }: Import): string | undefined {
  if (!ours || !ROOMS.has(room(from)) || room(from) === room(to)) return undefined;
  if (MAY_IMPORT[room(from)]?.includes(room(to))) return undefined;
  return `${from} imports ${to}: ${room(from)} may import ${allowed(room(from))}`;
}

const allowed = (from: string): string => MAY_IMPORT[from]?.join(', ') || 'nothing but itself';

function foreignPackage({ from, to, ours }: Import): string | undefined {
  if (ours || !ROOMS.has(room(from))) return undefined;

  const owner = OWNERS.find(([packages, place]) => packages.test(to) && !place.test(from));
  if (owner !== undefined) return `${from} imports ${to}: only ${owner[2]} may`;

  const known = PACKAGES[room(from)];
  if (known === undefined || known.test(to)) return undefined;
  return `${from} imports ${to}: ${room(from)} knows only ${known.source}`;
}

/**
 * What a browser may get: everything in `app/` but the server, `*.server.ts`, and routes, whose loaders and
 * actions stay behind (the build checks that they do). It takes props and types, no services and no rules.
 */
function serviceInPage({ from, to, ours, typeOnly }: Import): string | undefined {
  const reachesBrowser =
    /^app\//.test(from) &&
    !/^app\/(server|routes)\/|\.server\.tsx?$|^app\/entry\.server/.test(from);
  if (!reachesBrowser || !ours || from === 'app/root.tsx') return undefined;

  if (/\.server(\.tsx?)?$|^app\/server\//.test(to) && !typeOnly)
    return `${from} imports ${to}: that stays on the server`;
  if (room(to) === 'app' || typeOnly) return undefined;
  return `${from} imports ${to}: a component takes props and types, not services or rules`;
}

/** The first way round from a file back to itself by imports that exist at run time. */
export function cycle(imports: readonly Import[]): readonly string[] | undefined {
  const next = Map.groupBy(
    imports.filter(({ ours, typeOnly }) => ours && !typeOnly),
    ({ from }) => from,
  );
  const finished = new Set<string>();
  const walk = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const { to } of next.get(file) ?? []) {
      const found = walk(to, [...path, file]);
      if (found !== undefined) return found;
    }
    finished.add(file);
    return undefined;
  };
  return [...next.keys()].map((file) => walk(file, [])).find((found) => found !== undefined);
}
