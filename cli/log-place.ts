import { existsSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../config/environment.ts';
import { BadCall } from './run-verb.ts';

/** Where a log is: a file of the embedded log, or a server; and what its streams' names begin with there. */
export type LogPlace = { readonly prefix: string } & (
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'server'; readonly url: string }
);

const server = /^(esdb|kurrentdb)(\+discover)?:\/\/\S+$/;
const fromVariable = /^env:(\w+)$/;
const prefixes = /^[A-Za-z0-9_.-]{0,64}$/;

/**
 * Reads where somebody wants a log: a file, `esdb://…`, or `env:NAME` for one that stands in a variable, since every
 * user of a machine can read the words of a command. Throws BadCall, never with the words themselves.
 */
export function logPlace(
  words: string,
  prefix: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): LogPlace {
  if (!prefixes.test(prefix)) throw new BadCall('a prefix is letters, digits, `_`, `.` and `-`');
  const name = fromVariable.exec(words)?.[1];
  const given = name === undefined ? words : variables[name];
  if (given === undefined || given === '') throw new BadCall(`${name ?? 'the log'} is not given`);
  if (server.test(given)) return { kind: 'server', url: given, prefix };
  if (given.includes('://')) throw new BadCall('a log is a file, or begins with esdb://');
  const path = resolve(given);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new BadCall(`${given} is a directory; the embedded log is the file log.db in it`);
  }
  return { kind: 'file', path, prefix };
}

/** The log that the app in this environment has. */
export function ownLogPlace(environment: Environment): LogPlace {
  const { eventstoreUrl: url, eventstorePrefix: prefix, dataDir } = environment;
  if (url !== undefined) return { kind: 'server', url, prefix };
  return { kind: 'file', path: resolve(join(dataDir, 'log.db')), prefix };
}

/** For people: never with a password in it. */
export const placeName = (place: LogPlace): string => {
  const where =
    place.kind === 'file' ? place.path : place.url.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');
  return place.prefix === '' ? where : `${where}, under ${place.prefix}`;
};

/** Are they one file, under whatever names? */
export function isSameFile(one: LogPlace, other: LogPlace): boolean {
  if (one.kind !== 'file' || other.kind !== 'file') return false;
  if (!existsSync(one.path) || !existsSync(other.path)) return one.path === other.path;
  return (
    realpathSync(one.path) === realpathSync(other.path) || inode(one.path) === inode(other.path)
  );
}

const inode = (path: string): string => {
  const { dev, ino } = statSync(path);
  return `${dev} ${ino}`;
};
