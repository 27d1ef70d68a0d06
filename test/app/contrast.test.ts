import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Scheme = 'light' | 'dark';
type Token = Record<Scheme, string>;

const sheet = readFileSync(new URL('../../app/look/tokens.css', import.meta.url), 'utf8');

/** Every `--name: light-dark(#rrggbb, #rrggbb)` of the sheet. */
const tokens = new Map<string, Token>(
  [...sheet.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function colour(name: string, scheme: Scheme): string {
  const token = tokens.get(name);
  if (!token) throw new Error(`tokens.css has no --${name}`);
  return token[scheme];
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['paper', 'surface'];
const on = (names: readonly string[], ground: readonly string[]) =>
  names.flatMap((name) => ground.map((under) => [name, under] as const));

const text = [
  ...on(['ink', 'ink-soft', 'brass', 'brass-pressed', 'safe', 'warning', 'danger'], grounds),
  ...on(['on-brass'], ['brass', 'brass-pressed']),
  ...on(['on-danger'], ['danger']),
];
/** Outlines of what can be used, and the focus ring. */
const controls = on(['edge', 'brass'], grounds);

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const measured = (one: string, other: string) =>
    contrast(colour(one, scheme), colour(other, scheme));

  test.each(text)('the text colour %s on %s is at least 4.5 to 1', (name, ground) => {
    expect(measured(name, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(controls)('the control colour %s on %s is at least 3 to 1', (name, ground) => {
    expect(measured(name, ground)).toBeGreaterThanOrEqual(3);
  });
});

test('every colour has its light and its dark value, and stands nowhere else', () => {
  const hex = sheet.match(/#[0-9a-f]{3,8}/gi) ?? [];
  expect(hex).toHaveLength(tokens.size * 2);
  expect(tokens.size).toBeGreaterThanOrEqual(13);
});
