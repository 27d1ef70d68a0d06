import { ignoreDebug } from '../config/ignore-debug.js';
import { choosePort } from './choose-port.ts';
import { localSignIn, localSignInText, missingProviders } from './local-sign-in.ts';

/**
 * What `npm run dev` runs: the whole of Latchkey in one process, pages fresh from their files, and beside it the local
 * provider for every provider that is not configured. A port that was asked for is taken at its word; else the first
 * free one from 3000 on.
 */
process.env.NODE_ENV = 'development';
ignoreDebug();
if (!process.env['PORT']) {
  const port = await choosePort();
  if (port !== undefined && port !== 3000)
    console.log(`Port 3000 is taken: this one is on ${port}.`);
  process.env['PORT'] = String(port ?? 3000);
}
const local = await localSignIn(process.env);
if (local) {
  const added = missingProviders(process.env, local);
  Object.assign(process.env, added);
  console.log(localSignInText(local, added));
}
// Only now: what they load reads the environment.
const { run } = await import('../app/server/run.ts');
const { vitePages } = await import('./vite-pages.ts');
await run(vitePages);
