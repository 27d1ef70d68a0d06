/** As long as a name may be, without a place to break it. */
export const longName = `Wolfeschlegelsteinhausenbergerdorff${'-Rhabarberbarbara'.repeat(3)}`.slice(
  0,
  98,
);
export const rightToLeftName = 'عائشة بنت محمد الفاسي';
