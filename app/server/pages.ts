import type { ServerBuild } from '@remix-run/node';
import type { RequestHandler } from 'express';

/** Where the pages come from: the build, or Vite while developing. */
export interface Pages {
  /** The Remix build; while developing a new one whenever a file changed. */
  build(): Promise<ServerBuild>;
  /** Serves what the pages load, and passes on whatever else is asked. */
  readonly assets: readonly RequestHandler[];
  /** Whether Vite puts styles into the page by script, which the policy for production forbids. */
  readonly live: boolean;
}
