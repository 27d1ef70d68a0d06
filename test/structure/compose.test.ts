import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { environmentTable } from '../../config/environment-table.ts';
import { readEnvironment } from '../../config/environment.ts';

const ROOT = join(import.meta.dirname, '../..');
const files = ['compose.yaml', 'compose.eventstore.yaml'];

const service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string(),
  init: z.boolean().optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string().regex(/^\d+s$/),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
});
const composed = z.strictObject({
  services: z.strictObject({ latchkey: service, eventstore: service }),
  volumes: z.record(z.string(), z.null()),
});

function read(file: string) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  const problems = [...document.errors, ...document.warnings].map(({ message }) => message);
  return { text, problems, ...composed.parse(document.toJS()) };
}

/** What a server of 23.10.6 was started with and took. */
const ofServer = new Set(
  [
    'INSECURE CLUSTER_SIZE DISCOVER_VIA_DNS RUN_PROJECTIONS CERTIFICATE_FILE',
    'CERTIFICATE_PRIVATE_KEY_FILE TRUSTED_ROOT_CERTIFICATES_PATH DEFAULT_ADMIN_PASSWORD DEFAULT_OPS_PASSWORD',
  ]
    .join(' ')
    .split(' ')
    .map((name) => `EVENTSTORE_${name}`),
);
const ofApp = new Set(environmentTable().map(({ name }) => name));

describe.each(files)('%s', (file) => {
  const { text, problems, services, volumes } = read(file);

  test('is YAML of the shape that Compose reads', () => {
    expect(problems).toEqual([]);
  });

  test('gives the app only variables that it knows, and the server its own', () => {
    expect(Object.keys(services.latchkey.environment).filter((name) => !ofApp.has(name))).toEqual(
      [],
    );
    expect(
      Object.keys(services.eventstore.environment).filter((name) => !ofServer.has(name)),
    ).toEqual([]);
  });

  test('names in its comments only variables that are known, and addresses that can be read', () => {
    const named = [...text.matchAll(/\b([A-Z]+(?:_[A-Z]+)*)=(\S*)/g)];
    for (const [, name = '', value = ''] of named) {
      expect(ofApp.has(name) || ofServer.has(name), name).toBe(true);
      if (name === 'EVENTSTORE_URL') {
        expect(readEnvironment({ [name]: value }).eventstoreUrl).toBe(value);
      }
    }
    expect(named.length).toBeGreaterThan(1);
  });

  test('declares every volume, and publishes the app to this machine alone', () => {
    const mounted = Object.values(services).flatMap(({ volumes: all }) => all);
    const own = mounted
      .map((mount) => mount.split(':')[0] ?? '')
      .filter((name) => !/^[./]/.test(name));

    expect(own.toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(services.latchkey.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(services.eventstore.ports).toBeUndefined();
    expect(services.latchkey).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  test('holds no secret', () => {
    const values = Object.values(services).flatMap(({ environment }) =>
      Object.entries(environment),
    );

    expect(values.filter(([name]) => /PASSWORD|SECRET|KEYS|PEPPER|TOKEN/.test(name))).toEqual([]);
    expect(services.latchkey.env_file).toBe('latchkey.env');
  });
});

describe('the production example', () => {
  const { eventstore, latchkey } = read('compose.eventstore.yaml').services;

  test('has TLS, and passwords of its own from a file', () => {
    expect(eventstore.environment).not.toHaveProperty('EVENTSTORE_INSECURE');
    expect(eventstore.environment['EVENTSTORE_CERTIFICATE_FILE']).toMatch(/\.crt$/);
    expect(eventstore.env_file).toBe('eventstore.env');
    expect(eventstore.profiles).toBeUndefined();
  });

  test('shows the app the authority, and no key', () => {
    expect(latchkey.volumes).toContain('./certs/ca:/certs/ca:ro');
    expect(latchkey.volumes).not.toContain('./certs:/certs:ro');
  });
});

test('the development example starts the server only where it is asked for', () => {
  const { eventstore } = read('compose.yaml').services;

  expect(eventstore.profiles).toEqual(['eventstore']);
  expect(eventstore.environment['EVENTSTORE_INSECURE']).toBe('true');
});
