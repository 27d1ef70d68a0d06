/** Whom the bare page is for, by constants as long as what the application shows. */
export const somebody = {
  username: 'person-of-the-bench',
  name: 'Person Of The Bench',
  email: 'person@bench.example',
  csrf: 'x'.repeat(86),
};
