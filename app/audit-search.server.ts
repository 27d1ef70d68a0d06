import { z } from 'zod';
import type { AuditSearch } from '../commands/search-account.ts';
import { identity } from '../domain/identity.ts';
import type { AppContext } from './context.ts';
import type { SearchChoice, SearchField } from './pages/audit-search-page.tsx';
import { auditText } from './pages/audit-text.ts';

const { kinds, identity: identityLabel, errors } = auditText.search;
const IDENTITY = 'identity:';
const LONGEST = 255;

const whole = z.string().trim().min(1).max(LONGEST);
const accountId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** What can be searched by: a provider that is not configured any more has no issuer to ask for. */
export const searchChoices = ({ services }: AppContext): readonly SearchChoice[] => [
  ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
  ...[...services.deps.providers.values()].map(({ name, label }) => ({
    value: `${IDENTITY}${name}`,
    label: identityLabel(label),
  })),
];

type Typed = Partial<Record<SearchField, string>>;
type Read =
  | { readonly ok: true; readonly search: AuditSearch }
  | { readonly ok: false; readonly errors: Typed };

/** What was typed, as a search. An identity's id counts byte for byte, blanks too (H1). */
export function readSearch(context: AppContext, { by = '', value = '' }: Typed): Read {
  switch (by) {
    case 'email':
    case 'username': {
      const typed = whole.safeParse(value);
      return typed.success ? search({ kind: by, value: typed.data }) : wrongValue;
    }
    case 'account': {
      const typed = accountId.safeParse(value);
      if (typed.success) return search({ kind: 'account', accountId: typed.data });
      return { ok: false, errors: { value: errors.account } };
    }
    default:
      return readIdentity(context, by, value);
  }
}

function readIdentity({ services }: AppContext, by: string, subject: string): Read {
  const name = by.startsWith(IDENTITY) ? by.slice(IDENTITY.length) : '';
  const provider = services.deps.providers.get(name);
  if (!provider) return { ok: false, errors: { by: errors.by } };
  const typed = identity.safeParse({ issuer: provider.issuer, subject });
  return typed.success ? search({ kind: 'identity', ...typed.data }) : wrongValue;
}

const search = (found: AuditSearch): Read => ({ ok: true, search: found });
const wrongValue: Read = { ok: false, errors: { value: errors.value } };
