import monoFont from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import textFont from '@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2?url';
import lookSheet from './look.css?url';

const font = (href: string) => ({
  rel: 'preload' as const,
  as: 'font' as const,
  type: 'font/woff2',
  href,
  crossOrigin: 'anonymous' as const,
});

/** What the root route's `links` answers: both fonts before the sheet that asks for them, and the mark. */
export const lookLinks = () => [
  font(textFont),
  font(monoFont),
  { rel: 'stylesheet' as const, href: lookSheet },
  { rel: 'icon' as const, href: '/favicon.ico', sizes: '32x32' },
  { rel: 'icon' as const, href: '/mark.svg', type: 'image/svg+xml' },
];
