import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { serve } from './serve.js';

// Better Auth as its documents set it up on Node's own SQLite, made as durable as Latchkey's log. Hashing, limits and
// the network are left out on both sides.
const [folder = '.', peopleText = '0'] = process.argv.slice(2);
const people = Number(peopleText);
const password = 'violet harbour candle';

const db = new DatabaseSync(join(folder, 'better-auth.db'));
db.exec('PRAGMA journal_mode = WAL');
db.exec('PRAGMA synchronous = FULL');

const options = {
  database: db,
  baseURL: 'http://localhost:3000',
  secret: randomBytes(32).toString('base64'),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  emailAndPassword: {
    enabled: true,
    password: { hash: async () => 'x'.repeat(60), verify: async () => true },
  },
  account: {
    accountLinking: { enabled: true, trustedProviders: ['google'], allowDifferentEmails: true },
  },
  socialProviders: {
    google: { clientId: 'bench', clientSecret: 'bench', verifyIdToken: async () => true },
  },
};
const auth = betterAuth(options);
await (await getMigrations(options)).runMigrations();

/** Most of them straight into its tables; those who do things in the bench register as people do. */
function settle() {
  const at = new Date().toISOString();
  const user = db.prepare(
    'INSERT INTO "user" (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 0, ?, ?)',
  );
  const account = db.prepare(
    'INSERT INTO account (id, accountId, providerId, userId, password, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  db.exec('BEGIN');
  for (let person = actors; person < people; person += 1) {
    const id = randomBytes(16).toString('hex');
    user.run(id, `Person Number ${person}`, `person${person}@example.org`, at, at);
    account.run(`p${id}`, id, 'credential', id, 'x'.repeat(60), at, at);
  }
  db.exec('COMMIT');
}

const actors = Math.min(people, 256);
const emailOf = (person) => `person${person}@example.org`;
/** Signed, not checked: what `verifyIdToken` says yes to. */
const idToken = (subject) => {
  const part = (content) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const claims = {
    sub: subject,
    email: `${subject}@google.example`,
    email_verified: true,
    name: 'Bench',
  };
  return { token: `${part({ alg: 'none' })}.${part(claims)}.x` };
};

let registered = 0;
async function register(email = `new${(registered += 1)}@example.org`) {
  const body = { email, password, name: 'Person With A Name' };
  const { headers } = await auth.api.signUpEmail({ body, returnHeaders: true });
  return new Headers({ cookie: headers.get('set-cookie').split(';')[0] });
}

settle();
const signedIn = [];
for (let person = 0; person < actors; person += 1) {
  const headers = await register(emailOf(person));
  signedIn.push(headers);
  await auth.api.linkSocialAccount({
    body: { provider: 'google', idToken: idToken(`known${person}`) },
    headers,
  });
}

let turn = 0;
let links = 0;
const next = () => (turn += 1) % actors;
const rowOf = db.prepare('SELECT id FROM account WHERE accountId = ?');
const link = async (person = next()) => {
  const subject = `linked${(links += 1)}`;
  const body = { provider: 'google', idToken: idToken(subject) };
  await auth.api.linkSocialAccount({ body, headers: signedIn[person] });
  return subject;
};

serve({
  register: () => register(),
  signIn: () => auth.api.signInEmail({ body: { email: emailOf(next()), password } }),
  getSession: () => auth.api.getSession({ headers: signedIn[next()] }),
  signInByIdentity: () =>
    auth.api.signInSocial({ body: { provider: 'google', idToken: idToken(`known${next()}`) } }),
  link: () => link(),
  linkAndUnlink: async () => {
    const person = next();
    const { id } = rowOf.get(await link(person));
    await auth.api.unlinkAccount({ body: { accountId: id }, headers: signedIn[person] });
  },
});
