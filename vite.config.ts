import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { clientBorder } from './dev/client-border.ts';
import remixConfig from './remix.config.js';

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig), clientBorder()],
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
