import { roleNames } from '../../dev/local-provider/roles.ts';
import type { LocalProvider } from '../../dev/local-provider/start-local-provider.ts';

/** What points an application at a local provider, in all its roles. */
export const pointedAt = ({ environment }: Pick<LocalProvider, 'environment'>) =>
  Object.assign({}, ...roleNames.map((role) => environment[role])) as Record<string, string>;
