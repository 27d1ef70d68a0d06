import { createRequire } from 'node:module';

interface Debug {
  disable(): string;
  enable(names: string): void;
}

/**
 * remix-auth-github prints addresses with codes and states in them where `DEBUG` names it, even by `*`. It never does
 * here, whatever the environment says (G21); others that `DEBUG` names are left alone.
 */
export function quietStrategies(): void {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('remix-auth-github/package.json'));
  const debug = theirs('debug') as Debug;
  const names = debug.disable();
  debug.enable([names, '-GitHubStrategy'].filter((name) => name !== '').join(','));
}
