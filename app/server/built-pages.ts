import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import express, { type RequestHandler, type Response } from 'express';
import { edgeState } from './edge-state.ts';
import type { Pages } from './pages.ts';

/** There are no built pages to serve. */
export class BuildMissing extends Error {
  readonly code = 'build-missing';
}

/** The pages as `npm run build` left them in a directory. Throws BuildMissing where it left none. */
export async function builtPages(directory: string): Promise<Pages> {
  const file = path.resolve(directory, 'server/index.js');
  if (!existsSync(file)) throw new BuildMissing('there is no build; `npm run build` makes it.');
  const build = (await import(pathToFileURL(file).href)) as ServerBuild;
  return { build: async () => build, assets: builtAssets(directory), live: false };
}

/** Hashed names never change what they hold, so only those are kept by browsers. */
export function builtAssets(directory: string): readonly RequestHandler[] {
  const client = path.resolve(directory, 'client');
  const quiet = { index: false, redirect: false, etag: false, lastModified: false } as const;
  const setHeaders = (response: Response) => {
    edgeState(response.req).route = 'static';
  };
  const hashed = express.static(path.join(client, 'assets'), {
    ...quiet,
    setHeaders: (response: Response) => {
      setHeaders(response);
      response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
    cacheControl: false,
  });
  const named = express.static(client, { ...quiet, setHeaders, cacheControl: false });
  return [under('/assets/', hashed), among(namesIn(client), named)];
}

/** What stands in a folder itself; nothing where there is none. */
const namesIn = (folder: string): ReadonlySet<string> =>
  new Set(existsSync(folder) ? readdirSync(folder).map((name) => `/${name}`) : []);

/** Asks the disk for what is there alone, not for every page. */
const among =
  (paths: ReadonlySet<string>, handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (!paths.has(request.path)) return next();
    handler(request, response, next);
  };

/** Only a path spelt exactly so is an asset. */
const under =
  (prefix: string, handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (!request.url.startsWith(prefix)) return next();
    const { url } = request;
    request.url = url.slice(prefix.length - 1);
    handler(request, response, (error?: unknown) => {
      request.url = url;
      next(error);
    });
  };
