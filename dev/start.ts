import { run } from '../app/server/run.ts';
import { choosePort } from './choose-port.ts';
import { vitePages } from './vite-pages.ts';

/**
 * What `npm run dev` runs: the whole of Latchkey in one process, pages fresh from their files. A port that was asked
 * for is taken at its word; else the first free one from 3000 on.
 */
process.env.NODE_ENV = 'development';
if (!process.env['PORT']) {
  const port = await choosePort();
  if (port !== undefined && port !== 3000)
    console.log(`Port 3000 is taken: this one is on ${port}.`);
  process.env['PORT'] = String(port ?? 3000);
}
await run(vitePages);
