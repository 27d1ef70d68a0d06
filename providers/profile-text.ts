import { isDisplayName } from '../domain/account/display-name.ts';
import type { IdentityProfile, ProviderName } from '../domain/account/events.ts';
import { providerFault } from './provider-fault.ts';

const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;
const SHOWN = 255;

/**
 * A name as a provider says it, fit to be shown: one line, at most 255 code units, and by the rule for names that
 * people type here, nothing that hides or turns the text around it: a name with that can pose as another.
 */
export function shownName(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  // Never half a character at the cut.
  const line = text.normalize('NFC').replace(/\s+/gu, ' ').trim().slice(0, SHOWN).toWellFormed();
  const cut = line.replace(/\ufffd$/, '').trim();
  if (isDisplayName(cut)) return cut;
  const plain = cut.replace(HIDDEN, '').trim();
  return isDisplayName(plain) ? plain : undefined;
}

/** A handle fit to be shown. One that would have to be changed for that is none: it would be somebody else's. */
export const shownHandle = (text: unknown): string | undefined =>
  typeof text === 'string' && text.length <= SHOWN && !/\s/u.test(text) && isDisplayName(text)
    ? text
    : undefined;

/** An e-mail as a provider says it, untouched: cut or cleaned it would be another address. */
export function saidEmail(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 320) return undefined;
  return /^[^\s@]+@[^\s@]+$/u.test(text) && text.search(HIDDEN) < 0 ? text : undefined;
}

/**
 * The stable id as text, byte for byte (H1): a number that JSON carries exactly, or text of 1 to 255 characters. Undefined
 * for anything else: what cannot be told apart exactly would make one person of two.
 */
export function subjectOf(id: unknown): string | undefined {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : undefined;
  if (typeof id !== 'string' || !id.isWellFormed()) return undefined;
  return id.length >= 1 && id.length <= 255 ? id : undefined;
}

interface Said {
  readonly issuer: string;
  readonly subject: string;
  readonly handle?: unknown;
  readonly name?: unknown;
  readonly email?: string | undefined;
  /** The e-mail, where the provider's own rule proves it. */
  readonly provedEmail: string | null;
}

/** A profile with what is there; an e-mail counts as verified only where it is the proved one. */
export function identityProfileOf({
  issuer,
  subject,
  provedEmail,
  ...said
}: Said): IdentityProfile {
  const handle = shownHandle(said.handle);
  const name = shownName(said.name);
  const email = provedEmail ?? said.email;
  return {
    issuer,
    subject,
    ...(handle === undefined ? {} : { handle }),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email, emailVerified: provedEmail !== null }),
  };
}

/** The profile, if it is this subject's. Throws ProviderFault where a token speaks for somebody else. */
export function ofSubject(
  provider: ProviderName,
  profile: IdentityProfile,
  subject: string,
): IdentityProfile {
  if (profile.subject === subject) return profile;
  throw providerFault(provider, 'provider-mismatch', 'the token is of another subject');
}
