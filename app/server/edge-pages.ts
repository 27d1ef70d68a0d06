/** The pages the edge answers by itself, before any route: one sentence for what happened, one for the way out. */
export const edgePages = {
  'bad-request': {
    status: 400,
    title: 'This request cannot be read',
    text: 'Part of it is malformed. Go back and try again.',
  },
  'repeated-field': {
    status: 400,
    title: 'This form cannot be read',
    text: 'It holds one field twice. Nothing was changed. Go back, reload the page and try again.',
  },
  'cross-site': {
    status: 403,
    title: 'This form did not come from here',
    text: 'Only our own pages may send it, so nothing was changed. Open the page here and try again.',
  },
  'led-here': {
    status: 403,
    title: 'Another place led here',
    text: 'What this page shows is written down each time, so only our own pages open it. Nothing was looked at.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    text: 'It may be misspelt. The first page knows the way.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address cannot be used that way',
    text: 'Nothing was changed. The first page knows the way.',
  },
  'form-too-large': {
    status: 413,
    title: 'This form is too long',
    text: 'Nothing was changed. Go back and shorten what you typed.',
  },
  'not-a-form': {
    status: 415,
    title: 'This is not a form of ours',
    text: 'Only plain forms are read here. Nothing was changed.',
  },
  'wrong-host': {
    status: 421,
    title: 'This server answers only to this machine',
    text: 'It runs under development rules. Set ORIGIN to its public address to serve it to others.',
  },
  overloaded: {
    status: 503,
    title: 'Too many people are here at this moment',
    text: 'Nothing was changed. Go back and try again in a few seconds.',
  },
  fault: {
    status: 500,
    title: 'Something went wrong here',
    text: 'It is written down. Nothing says that your change was made; look before you try again.',
  },
} as const;

export type EdgePage = keyof typeof edgePages;
