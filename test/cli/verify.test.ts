import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { heads } from '../../cli/heads.ts';
import { signingKey } from '../../cli/signing-key.ts';
import { verify } from '../../cli/verify.ts';
import { exportAccount } from '../../commands/export-account.ts';
import { registered } from '../support/installation.ts';
import { SqliteDb } from '../../sqlite/sqlite-driver.ts';
import { somebodyWithAPast } from '../support/stored-account.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { terminalKinds, terminalOn, type Terminal } from '../support/terminal.ts';

/** A log with two people, its heads and its public key kept elsewhere. */
async function kept(terminal: Terminal) {
  const { deps } = await terminal.open();
  const ann = await somebodyWithAPast(deps, 'ann');
  await registered(deps, 'bob');
  const elsewhere = temporaryDirectory();
  const [headsFile, key] = [join(elsewhere, 'heads.jsonl'), join(elsewhere, 'key.pem')];
  const signed = await terminal.run(heads, [headsFile]);
  writeFileSync(key, (await terminal.run(signingKey)).text);
  return { ann: ann.session.accountId, deps, signed, headsFile, key };
}

describe.each(terminalKinds)('verify on %s', (kind) => {
  test('H9 says consistent without heads, and untouched only with heads and a trusted key', async () => {
    const terminal = await terminalOn(kind);
    const { deps, headsFile, key, signed } = await kept(terminal);
    expect(signed.json).toMatchObject({ signed: true, streams: 9 });

    const alone = await terminal.run(verify);
    expect(alone).toMatchObject({ json: { broken: [], heads: undefined }, exitCode: 0 });
    expect(alone.text).toMatch(
      /consistent\. That is not untouched: .* cut off is seen only against/,
    );

    const unproved = await terminal.run(verify, [], { heads: headsFile });
    expect(unproved.text).toMatch(/consistent, and they end as those heads say/);

    await registered(deps, 'carl');
    const trusted = await terminal.run(verify, [], { heads: headsFile, key });
    expect(trusted).toMatchObject({
      json: { heads: { trusted: true, differences: [] } },
      exitCode: 0,
    });
    expect(trusted.text).toMatch(/untouched since .* 3 came later/);
  });

  test('H9 a log whose streams are gone is named by the heads, and by nothing else', async () => {
    const terminal = await terminalOn(kind);
    const { headsFile, key } = await kept(terminal);
    const other = await terminalOn(kind);
    await other.open();
    expect(await other.run(verify)).toMatchObject({ exitCode: 0 });
    const found = await other.run(verify, [], { heads: headsFile, key });
    expect(found.exitCode).toBe(1);
    expect(found.text).toMatch(/account-\S+: is gone, but was signed up to revision 4/);
    expect(found.text).toMatch(/installation at revision 0: not what was signed/);
  });
});

describe('verify --heads', () => {
  const cutTail = (dir: string, where: string) => {
    const db = new SqliteDb(join(dir, 'log.db'));
    db.exec(`DELETE FROM events WHERE ${where}`);
    db.close();
  };

  test('H9 sees a tail that was cut off, which the chains alone do not show', async () => {
    const terminal = await terminalOn('the embedded log');
    const { ann, headsFile, key } = await kept(terminal);
    cutTail(terminal.dir, `stream = 'account-${ann}' AND revision >= 3`);

    expect(await terminal.run(verify)).toMatchObject({ exitCode: 0 });
    const found = await terminal.run(verify, [], { heads: headsFile, key });
    expect(found).toMatchObject({
      exitCode: 1,
      json: { heads: { differences: [{ difference: 'cut-off', revision: 4, endsAt: 2 }] } },
    });
    expect(found.text).toContain(
      `account-${ann}: ends at revision 2, but was signed up to revision 4: its tail was cut off`,
    );
  });

  test('H9 refuses heads that were changed, cut short, or signed by another key', async () => {
    const terminal = await terminalOn('the embedded log');
    const { headsFile, key } = await kept(terminal);
    const text = readFileSync(headsFile, 'utf8');
    const [first = '', ...rest] = text.split('\n');
    const changes = {
      'not those that were signed': [first.replace(/"revision":\d/, '"revision":9'), ...rest],
      'are not those': rest,
      'no signature': [first, ...rest.slice(0, 2)],
      'is no head': ['{}', ...rest],
      'behind its signature': [...text.trim().split('\n'), first],
    };
    for (const [told, lines] of Object.entries(changes)) {
      const file = join(temporaryDirectory(), 'heads.jsonl');
      writeFileSync(file, lines.join('\n'));
      await expect(terminal.run(verify, [], { heads: file })).rejects.toThrow(told);
    }
    const other = await terminalOn('the embedded log');
    writeFileSync(key, (await other.run(signingKey)).text);
    await expect(terminal.run(verify, [], { heads: headsFile, key })).rejects.toThrow(
      'its signature does not hold for that key',
    );
  });

  test('writes over no file, and signs no log that is broken', async () => {
    const terminal = await terminalOn('the embedded log');
    const { ann, headsFile } = await kept(terminal);
    await expect(terminal.run(heads, [headsFile])).rejects.toThrow('EEXIST');
    cutTail(terminal.dir, `stream = 'account-${ann}' AND revision = 1`);
    const file = join(temporaryDirectory(), 'heads.jsonl');
    await expect(terminal.run(heads, [file])).rejects.toMatchObject({ code: 'log-damaged' });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});

describe('verify of an export', () => {
  test('H9 opens no installation, and says what the key given lets it say', async () => {
    const terminal = await terminalOn('the embedded log');
    const { ann, deps, key } = await kept(terminal);
    let text = '';
    for await (const piece of exportAccount(deps, ann, 'https://here.example')) text += piece;
    const file = join(temporaryDirectory(), 'export.json');
    writeFileSync(file, text);
    const offline = { ...terminal, dir: '/nowhere' };
    const run = (options: Record<string, string>) =>
      verify({
        ...{ environment: offline.environment, argument: file, words: [file], options },
        interactive: false,
        open: () => Promise.reject(new Error('nothing may be opened')),
      });

    expect((await run({})).text).toMatch(/^5 events: consistent, which is not untouched/);
    expect((await run({ key })).text).toMatch(/^5 events: consistent, and untouched since the key/);
    writeFileSync(file, text.replace('ann the second', 'ann the third!'));
    expect(await run({ key })).toMatchObject({
      exitCode: 1,
      text: 'broken: profile or ways in are not what the history makes.',
    });
    await expect(run({ key: file })).rejects.toThrow('holds no Ed25519 public key');
  });
});
