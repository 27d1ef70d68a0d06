/** Scripts that are spelled with joiners: Persian and Arabic names, the Indic scripts, Khmer, Mongolian and kin. */
const joining = [
  'Arabic',
  'Bengali',
  'Devanagari',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Khmer',
  'Malayalam',
  'Mongolian',
  'Myanmar',
  'Nko',
  'Oriya',
  'Sinhala',
  'Syriac',
  'Tamil',
  'Telugu',
  'Thaana',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** A joiner between two letters of such a script, or after a mark of it (an old spelling of a final consonant). */
const joiners = new RegExp(
  `(?<=[${joining}]\\p{M}*)[\\u200c\\u200d](?=[${joining}])|(?<=(?=\\p{M})[${joining}])\\u200d`,
  'gu',
);

const pictograph = '\\p{Extended_Pictographic}(?:\\ufe0f|[\\u{1f3fb}-\\u{1f3ff}])*';
/** Pictographs joined into one (a family, a profession), and flags spelled in tags. */
const joinedPictographs = new RegExp(
  `\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}|${pictograph}(?:\\u200d${pictograph})+`,
  'gu',
);

const unwanted = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const visible = /[^\s\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * May this be shown as a person's name? Any script, either direction, emoji; nothing that steers the text around
 * it, hides, or breaks the line. Joiners only where the spelling needs them.
 */
export function isDisplayName(name: string): boolean {
  const rest = name.replace(joinedPictographs, '').replace(joiners, '');
  return visible.test(name) && !unwanted.test(rest);
}
