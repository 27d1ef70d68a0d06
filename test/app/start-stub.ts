import { run } from '../../app/server/run.ts';
import { stubBuild } from './stub-build.ts';

/** Starts the real server with real services and one stub page, so that a start needs no build. */
const build = stubBuild({
  '/page': {
    loader: () => 'page',
    action: async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return 'done';
    },
  },
});
await run(async () => ({ build: async () => build, assets: [], live: false }));
