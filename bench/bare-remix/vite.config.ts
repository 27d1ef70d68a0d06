import { join } from 'node:path';
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import remixConfig from '../../remix.config.js';

/** Built by the bench itself, with the same flags of Remix as the application. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [
    remix({ ...remixConfig, buildDirectory: join(import.meta.dirname, '../../.cache/bare-remix') }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0, emptyOutDir: true },
});
