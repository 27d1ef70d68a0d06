import { servePages } from './serve-pages.js';

await servePages();
