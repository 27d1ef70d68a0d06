import { relative, sep } from 'node:path';
import type { Plugin } from 'vite';

/** What stays on the server: the rooms behind the edge, the edge's own server code, and the parser. */
const STAYS =
  /^(domain|commands|projections|eventstore|vault|providers|sqlite|config|cli|app\/server)\/|\.server\.tsx?$|^node_modules\/(zod|@remix-run\/node)\//;

/** The modules of a chunk that have no business in a browser; those shaken out to nothing are fine. */
export function strayModules(
  modules: Readonly<Record<string, { readonly renderedLength: number }>>,
  root: string,
): readonly string[] {
  return Object.entries(modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) =>
      relative(root, id.replace(/[?#].*$/, ''))
        .split(sep)
        .join('/'),
    )
    .filter((path) => STAYS.test(path));
}

/**
 * Ends a build whose chunks for browsers hold rules, services or zod: a route may use them inside
 * `loader` and `action` only, and one slip ships them all.
 */
export function clientBorder(): Plugin {
  return {
    name: 'latchkey-client-border',
    apply: 'build',
    generateBundle(_options, bundle) {
      if (this.environment.config.consumer !== 'client') return;
      const strays = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk'
          ? strayModules(output.modules, this.environment.config.root).map(
              (path) => `${path} in ${output.fileName}`,
            )
          : [],
      );
      if (strays.length > 0)
        this.error(`The browser would get what stays on the server:\n  ${strays.join('\n  ')}`);
    },
  };
}
