/** Somebody who has an account at the local provider. */
export interface Person {
  /** The stable id. GitHub shows it as a number where it is one. */
  readonly subject: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
}

const person = (
  handle: string,
  subject: string,
  rest: Pick<Person, 'name'> & Partial<Person>,
): Person => ({
  subject,
  handle,
  email: `${handle}@example.com`,
  emailVerified: true,
  ...rest,
});

/** Whom a newcomer can be: two plain people, and those that break careless pages. */
export const samplePeople: readonly Person[] = [
  person('ada', '1815', { name: 'Ada Lovelace' }),
  person('grace', '1906', { name: 'Grace Hopper' }),
  person('hubert', '1914', {
    name: 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff, the very last of a very long line',
  }),
  person('layla', '2001', { name: 'ليلى بنت طريف' }),
  person('nemo', '1870', { name: 'Nemo Nobody', email: null, emailVerified: false }),
  person('mallory', '1984', { name: 'Mallory Unproved', emailVerified: false }),
];
