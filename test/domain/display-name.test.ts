import { describe, expect, test } from 'vitest';
import { isDisplayName } from '../../domain/account/display-name.ts';

describe('a display name may be', () => {
  test.each([
    ['Latin', 'Ann Marie O’Hara-Lee'],
    ['from right to left', 'מֹשֶׁה בן־ארי'],
    ['Persian with its joiner', 'علی\u200cرضا'],
    ['Hindi with a joiner', 'क्\u200dष'],
    ['Sinhala with a joiner', 'ශ්\u200dරී'],
    ['Malayalam ending in a joiner', 'മോഹന്\u200d'],
    ['Chinese', '王小明'],
    ['an emoji', '🙂'],
    ['a family of emoji', '👩\u200d👩\u200d👧\u200d👦'],
    ['an emoji with a tone and a profession', '👩🏽\u200d🚀'],
    ['a flag of joined parts', '🏳\ufe0f\u200d🌈'],
    ['a flag spelled in tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a name beside an emoji', 'Ann ❤\ufe0f'],
    ['a single digit', '7'],
  ])('%s', (_what, name) => expect(isDisplayName(name)).toBe(true));
});

describe('a display name may not', () => {
  test.each([
    ['break the line', 'Ann\nLee'],
    ['break it by a separator', 'Ann\u2028Lee'],
    ['turn the text around it', 'Ann\u202eLee'],
    ['isolate its direction', '\u2067Ann\u2069'],
    ['hold a soft hyphen', 'An\u00adn'],
    ['hold a joiner between Latin letters', 'Mat\u200dteo'],
    ['hold a non-joiner between Latin letters', 'A\u200cnn'],
    ['begin with a joiner', '\u200dعلی'],
    ['end with a joiner after a letter', 'علی\u200c'],
    ['hold two joiners in a row', 'علی\u200c\u200cرضا'],
    ['hold a joiner beside an emoji alone', '🙂\u200d'],
    ['hold tags without their flag', 'a\u{e0067}\u{e007f}'],
    ['hold a byte order mark', 'A\ufeffnn'],
    ['hold a private character', 'A\ue000'],
    ['hold half a surrogate pair', 'A\ud83d'],
    ['hold a null byte', 'A\u0000'],
    ['be marks only', '\u0301\u0302'],
    ['be an invisible letter', '\u3164'],
    ['be a blank pattern', '\u2800\u2800'],
    ['be a variation of nothing', '\ufe0f'],
  ])('%s', (_what, name) => expect(isDisplayName(name)).toBe(false));
});
