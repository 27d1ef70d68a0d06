import { readFileSync } from 'node:fs';
import { isMostlyRuns, repeatedUnit } from './easy-patterns.ts';
import { characters, isTooLong, passwordText } from './password-text.ts';

/** Why a password is refused. */
export type PasswordWeakness = 'too-short' | 'too-long' | 'common' | 'context';

export interface PasswordContext {
  /** PASSWORD_MIN_LENGTH, in characters. */
  readonly minLength: number;
  readonly username?: string;
  readonly email?: string;
}

/** Shorter leftovers, units and words add nothing that would take long to guess. */
const SHORT = 8;
/** Shorter words of a name stand in too many honest passwords. */
const SHORTEST_WORD = 4;

let common: ReadonlySet<string> | undefined;

/**
 * What is wrong with a password, or null. No rules of composition (NIST 800-63B-4): only its length, whether the
 * entire password is one that others use too (with the usual decorations: digits, repetition, keyboard runs), and
 * whether it is little more than the account's own names or ours (ASVS 6.2.4, 6.2.11).
 */
export function weakness(password: string, context: PasswordContext): PasswordWeakness | null {
  if (isTooLong(password)) return 'too-long';
  if (characters(passwordText(password)) < context.minLength) return 'too-short';
  const text = fold(password);
  if (isCommon(text)) return 'common';
  const rest = contextWords(context).reduce((left, word) => left.replaceAll(word, ''), text);
  if (rest === text) return null;
  const leftover = rest.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return leftover.length < SHORT || isCommon(leftover) ? 'context' : null;
}

function isCommon(text: string): boolean {
  common ??= readList();
  if (common.has(text) || common.has(withoutDecoration(text)) || isMostlyRuns(text)) return true;
  const unit = repeatedUnit(text);
  return unit !== undefined && (unit.length < SHORT || isCommon(unit));
}

/** `password1234!` is `password` to those who guess. Only where little was put around it. */
function withoutDecoration(text: string): string {
  const core = text.replace(/^[^\p{L}]{0,6}/u, '').replace(/[^\p{L}]{0,6}$/u, '');
  return core.length >= SHORTEST_WORD ? core : text;
}

/** Longest first, so that a name is taken out before its parts. */
function contextWords({ username = '', email = '' }: PasswordContext): readonly string[] {
  const names = [fold(username), fold(email), fold(email.split('@')[0] ?? ''), 'latchkey'];
  const parts = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u));
  const joined = names.map((name) => name.replaceAll(/[^\p{L}\p{N}]/gu, ''));
  const words = new Set([...names, ...joined, ...parts]);
  return [...words]
    .filter((word) => word.length >= SHORTEST_WORD)
    .sort((one, other) => other.length - one.length);
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase().normalize('NFKC');

function readList(): ReadonlySet<string> {
  const text = readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8');
  return new Set(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
}
