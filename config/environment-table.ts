import { oidcVariables, providerVariables, standardAddresses } from './provider-variables.ts';
import { variables } from './variables.ts';

export interface VariableEntry {
  readonly name: string;
  readonly description: string;
  /** What holds when it is unset; undefined where there is nothing. */
  readonly standard: string | undefined;
}

/** Every variable of the environment as documented, in order; a test keeps docs/operations.md equal to it. */
export function environmentTable(): readonly VariableEntry[] {
  const standards: Readonly<Record<string, string>> = standardAddresses;
  const all = { ...variables, ...providerVariables };
  const known = Object.entries(all).map(([name, schema]) => ({
    name,
    description: schema.description ?? '',
    standard: standards[name] ?? standardOf(schema),
  }));
  const openId = Object.entries(oidcVariables).map(([name, description]) => ({
    name: `OIDC_<NAME>_${name}`,
    description,
    standard: undefined,
  }));
  return [...known, ...openId];
}

function standardOf(schema: { readonly def: object }): string | undefined {
  if (!('defaultValue' in schema.def)) return undefined;
  return String(schema.def.defaultValue);
}
