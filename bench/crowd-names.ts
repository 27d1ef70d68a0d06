/** The people of a crowd by their numbers, from 0: half of them have a password, half an identity. */
export const nameOf = (number: number): string => `crowd${number}`;
export const emailOf = (number: number): string => `crowd${number}@example.org`;
/** At GitHub, as the bench's provider says it. */
export const subjectOf = (number: number): string => `crowd-subject-${number}`;
export const signsInByPassword = (number: number): boolean => number % 2 === 0;
