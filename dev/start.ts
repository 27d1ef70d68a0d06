import { run } from '../app/server/run.ts';
import { choosePort } from './choose-port.ts';
import { localSignIn, localSignInText, missingProviders } from './local-sign-in.ts';
import { vitePages } from './vite-pages.ts';

/**
 * What `npm run dev` runs: the whole of Latchkey in one process, pages fresh from their files, and beside it the local
 * provider for every provider that is not configured. A port that was asked for is taken at its word; else the first
 * free one from 3000 on.
 */
process.env.NODE_ENV = 'development';
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
await run(vitePages);
