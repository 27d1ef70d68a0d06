import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useLocation,
} from '@remix-run/react';
import { PageFrame } from '../../../app/components/page-frame.tsx';
import { somebody } from './somebody.ts';

/** As many of them as the application has. */
export const links = () => [
  { rel: 'preload', as: 'font', type: 'font/woff2', href: '/text.woff2', crossOrigin: 'anonymous' },
  { rel: 'preload', as: 'font', type: 'font/woff2', href: '/mono.woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: '/look.css' },
  { rel: 'icon', href: '/favicon.ico', sizes: '32x32' },
  { rel: 'icon', href: '/mark.svg', type: 'image/svg+xml' },
];

/** As much as the application's frame is told, and nobody was asked for it. */
export const loader = () => ({
  person: { name: somebody.name, username: somebody.username, audits: false },
  csrf: somebody.csrf,
  theme: 'system' as const,
  requestId: '8d3c2f6e-4f44-4f0e-9d0a-0d1b7c7a5b11',
});

export default function Root() {
  const data = useLoaderData<typeof loader>();
  const { pathname } = useLocation();
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <PageFrame shell={{ ...data, path: pathname }}>
          <Outlet />
        </PageFrame>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
