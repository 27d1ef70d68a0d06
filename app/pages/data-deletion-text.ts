export const dataDeletionText = {
  title: 'What became of the request',
  lead: 'Facebook told us that somebody wants gone what came from there. This page names nobody.',
  told: 'Told',
  done: 'Done',
  waits: 'We have it, and it is still being carried out. Come back later.',
  carriedOut:
    'It is carried out. If that Facebook account opened an account here, it opens it no longer, and what Facebook let us do is thrown away.',
  rest: 'An account here may have other ways in, and keeps a history that only its owner reads. To erase all of it, sign in and delete the account in its settings.',
  restWithout:
    'Who has no other way in can ask whoever runs this place for a link that opens the account.',
  signIn: 'Sign in',
} as const;
