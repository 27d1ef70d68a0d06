import { failures } from './failures.ts';
import { samplePeople, type Person } from './people.ts';
import type { Remembered } from './remembered.ts';

/** What somebody answered on the page. */
export interface Answer {
  readonly person: Person;
  readonly failure: string;
  /** Stays signed in here, so that the next visit goes straight through. */
  readonly remember: boolean;
}

/** Whom the page offers: who stays signed in here first, then everybody of the sample. */
export const peopleOf = (known: Remembered | undefined): readonly Person[] =>
  known
    ? [known.person, ...samplePeople.filter(({ subject }) => subject !== known.person.subject)]
    : samplePeople;

/** Reads the form: who is typed counts before who is picked. Or says what is wrong with it. */
export function readAnswer(form: URLSearchParams, known: Remembered | undefined): Answer | string {
  const failure = form.get('failure') ?? '';
  if (failure !== '' && !failures.has(failure)) return 'There is no such failure.';
  const person = form.get('subject') ? typed(form) : picked(form.get('person') ?? '', known);
  if (!person) return 'Pick somebody, or type at least a subject.';
  return { person, failure, remember: form.has('remember') };
}

function typed(form: URLSearchParams): Person {
  const subject = form.get('subject') ?? '';
  const email = form.get('email');
  return {
    subject,
    handle: form.get('handle') || `person-${subject}`,
    name: form.get('name') || `Person ${subject}`,
    email: email || null,
    emailVerified: /^(on|true|1|yes)$/.test(form.get('emailVerified') ?? ''),
  };
}

const picked = (handle: string, known: Remembered | undefined): Person | undefined =>
  peopleOf(known).find((person) => person.handle === handle);
