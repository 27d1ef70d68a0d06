import { z } from 'zod';
import { asciiDomain, canonical, canonicalUsername } from '../canonical.ts';
import { isDisplayName } from './display-name.ts';
import { reservedUsernames } from './reserved-usernames.ts';

/**
 * What people type, made fit first and judged after (GHSA-7rqj-j65f-68wh: `a＠b.com` is `a@b.com`). Each schema
 * answers the value to keep, or the message that stands beside its field.
 */

const stopWith = (error: string) => ({ error, abort: true });
const characters = (text: string): number => [...text].length;

const hidden = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** What a mailbox name may hold without quotes (RFC 5321), and any other script (RFC 6531). */
const localPart = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-\u{80}-\u{10ffff}]+$/u;

function isEmailAddress(text: string): boolean {
  const [local, domain, ...more] = text.split('@');
  if (local === undefined || domain === undefined || more.length > 0) return false;
  return (
    !hidden.test(text) && localPart.test(local) && asciiDomain(canonical(domain)) !== undefined
  );
}

/** Kept as typed but for width and outer blanks; canonicalEmail makes its key. At most 254 characters. */
export const emailAddress = z
  .string('Enter your e-mail address.')
  .normalize('NFKC')
  .trim()
  .min(1, stopWith('Enter your e-mail address.'))
  .max(254, stopWith('Use an e-mail address of at most 254 characters.'))
  .refine(isEmailAddress, 'Enter a whole e-mail address, like ann@example.org.');

const usernamePattern = /^[a-z0-9][a-z0-9._-]{2,31}$/;

/** Kept canonical: the spelling is the name. */
export const username = z
  .string('Choose a username.')
  .overwrite(canonicalUsername)
  .min(1, stopWith('Choose a username.'))
  .min(3, stopWith('Use at least 3 characters.'))
  .max(32, stopWith('Use at most 32 characters.'))
  .regex(
    usernamePattern,
    stopWith(
      'Use letters a to z, digits, dots, hyphens and underscores; begin with a letter or digit.',
    ),
  )
  .refine((name) => !reservedUsernames.has(name), 'That username is reserved. Choose another.');

/** 1 to 100 characters of any script. */
export const displayName = z
  .string('Enter your name.')
  .normalize('NFC')
  .trim()
  .min(1, stopWith('Enter your name.'))
  .refine((name) => characters(name) <= 100, stopWith('Use at most 100 characters.'))
  .refine(isDisplayName, 'Use letters, marks, digits or emoji; leave out hidden characters.');

/**
 * A password to be set: never trimmed or folded here, no rules of composition (NIST 800-63B). Counted in code
 * points. Passwords to be checked are not parsed: a refusal by length would tell accounts apart.
 */
export const newPassword = (minLength = 12) =>
  z
    .string('Choose a password.')
    .min(1, stopWith('Choose a password.'))
    .refine((text) => text.isWellFormed(), stopWith('Use characters that can be typed again.'))
    .refine(
      (text) => characters(text) >= minLength,
      stopWith(`Use at least ${minLength} characters.`),
    )
    .refine((text) => characters(text) <= 1024, 'Use at most 1,024 characters.');
