import type { Grant } from './grants.ts';
import { samplePeople, type Person } from './people.ts';

/** The person of a grant as its failure bends them. */
export function presentedPerson({ person, failure }: Pick<Grant, 'person' | 'failure'>): Person {
  switch (failure) {
    case 'unverified-email':
      return { ...person, emailVerified: false };
    case 'no-email':
      return { ...person, email: null, emailVerified: false };
    case 'changed-email':
      return { ...person, email: `changed-${person.email ?? `${person.handle}@example.com`}` };
    case 'somebody-elses-email':
      return { ...person, email: samplePeople[0]?.email ?? null, emailVerified: true };
    case 'changed-handle':
      return { ...person, handle: `${person.handle}-renamed` };
    case 'huge-name':
      return { ...person, name: 'Long '.repeat(1000) };
    default:
      return person;
  }
}

/** An id as GitHub has it: a number where it is one. */
export function numericId(grant: Grant): number | string | undefined {
  const { subject } = grant.person;
  if (grant.failure === 'missing-id') return undefined;
  if (grant.failure === 'id-zero') return 0;
  if (grant.failure === 'unsafe-id') return 2 ** 60;
  const number = Number(subject);
  const plain = Number.isSafeInteger(number) && String(number) === subject;
  return plain && grant.failure !== 'id-as-text' ? number : subject;
}
