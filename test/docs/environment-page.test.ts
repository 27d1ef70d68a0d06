import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environmentTable } from '../../config/environment-table.ts';
import { readPage } from '../support/markdown-tables.ts';

const known = environmentTable();
const rows = readPage('docs/operations.md').rows.filter(
  ({ heading }) => heading === 'The environment',
);

describe('docs/operations.md', () => {
  test('lists every variable of the environment once, with what it is for and what holds without it', () =>
    expect(rows.map(({ cells }) => cells)).toEqual(
      known.map(({ name, description, standard }) => [
        `\`${name}\``,
        description,
        standard === undefined ? '' : `\`${standard}\``,
      ]),
    ));
});

/** Of the server, of tests, and of the operator's own choosing; no variable of ours. */
const others =
  /^(NODE_ENV|NODE_DEBUG|ADMIN_URL|NEW_LOG|EVENTSTORE_START|EVENTSTORE_DEFAULT_(ADMIN|OPS)_PASSWORD|LONG|PASSWORD|NAME)$/;

const isKnown = (name: string): boolean =>
  others.test(name) ||
  known.some((entry) => new RegExp(`^${entry.name.replace('<NAME>', '[A-Z0-9]+')}$`).test(name));

describe.each([
  'README.md',
  'docs/operations.md',
  'docs/eventstoredb.md',
  'docs/providers.md',
  'docs/security.md',
])('%s', (page) => {
  test('names no variable that the program does not know', () => {
    const text = readFileSync(page, 'utf8');
    const named = [...text.matchAll(/`\$?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[`=]|^([A-Z_]{4,})=/gm)];

    const unknown = named
      .map(([, one, other]) => one ?? other ?? '')
      .filter((name) => !isKnown(name));
    expect(unknown).toEqual([]);
  });
});
