import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountEventParts, identityProfile, origin } from '../../domain/account/events.ts';
import { auditEvent } from '../../domain/audit.ts';
import { claimEvent } from '../../domain/claim/claim.ts';
import { installationEvent } from '../../domain/installation.ts';
import { readPage } from '../support/markdown-tables.ts';

type Kept = 'clear' | 'sealed';
interface Field {
  readonly kept: Kept;
  readonly schema: unknown;
}
type Fields = Readonly<Record<string, Field>>;

const fieldsOf = (kept: Kept, schema: z.ZodObject): Fields =>
  Object.fromEntries(
    Object.entries(schema.shape)
      .filter(([name]) => name !== 'type')
      .map(([name, field]) => [name, { kept, schema: field as unknown }]),
  );

const clearEvents = [installationEvent, ...claimEvent.options, ...auditEvent.options];
const firstWays = accountEventParts.UserRegistered.clear.shape.method.options;

const inCode: Readonly<Record<string, Fields>> = {
  ...Object.fromEntries(
    Object.entries(accountEventParts).map(([type, { clear, personal }]) => [
      type,
      { ...fieldsOf('clear', clear), ...fieldsOf('sealed', personal) },
    ]),
  ),
  ...Object.fromEntries(
    clearEvents.map((event) => [event.shape.type.value, fieldsOf('clear', event)]),
  ),
  method: Object.assign({}, ...firstWays.map((way) => fieldsOf('clear', way))) as Fields,
  identity: fieldsOf('sealed', identityProfile),
  from: fieldsOf('sealed', origin),
};

const { headings, rows } = readPage('docs/events.md');
const namesOf = Object.keys(inCode);

describe('docs/events.md', () => {
  test('has a heading for every event and part, and for nothing else', () => {
    const others = /^(The events|Parts|`(account|claim|audit)-.*`|`installation`)$/;
    expect(headings.filter((heading) => !others.test(heading)).toSorted()).toEqual(
      namesOf.toSorted(),
    );
  });

  test.each(namesOf)('%s: says of every field whether it stands in clear or sealed', (name) => {
    const written = rows.filter(({ heading }) => heading === name);
    expect(written.map(({ cells: [field, kept] }) => [field, kept])).toEqual(
      Object.entries(inCode[name] ?? {}).map(([field, { kept }]) => [field, kept]),
    );
  });

  test.each(namesOf)('%s: names every value that a field may have', (name) => {
    for (const { cells } of rows.filter(({ heading }) => heading === name)) {
      const [field = '', , what] = cells;
      const schema = inCode[name]?.[field]?.schema;
      const values = schema instanceof z.ZodEnum ? schema.options : [];
      for (const value of values.length > 1 ? values : []) expect(what).toContain(`\`${value}\``);
    }
  });

  test('seals everything that could name a person', () => {
    const personal = /^(email|username|name|handle|subject|issuer|ip|userAgent|from|identity)$/;
    const inClear = rows.filter(({ cells: [, kept] }) => kept === 'clear');
    expect(inClear.filter(({ cells: [field = ''] }) => personal.test(field))).toEqual([]);
  });
});
