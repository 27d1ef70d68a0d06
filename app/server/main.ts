import path from 'node:path';
import { builtPages } from './built-pages.ts';
import { run } from './run.ts';

/** What `npm start` runs, by start.js: the pages as `npm run build` left them. */
await run(() => builtPages(path.join(import.meta.dirname, '../../build')));
