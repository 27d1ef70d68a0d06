import { run } from '../app/server/run.ts';
import { vitePages } from './vite-pages.ts';

/** What `npm run dev` runs: the whole of Latchkey in one process, pages fresh from their files. */
process.env['NODE_ENV'] = 'development';
await run(vitePages);
