import { openBetterAuth, emailOf, password, settle } from './open-better-auth.js';
import { serve } from './serve.js';

// The network is left out too: what a provider answers is handed over on both sides.
const [folder = '.', peopleText = '0'] = process.argv.slice(2);
const people = Number(peopleText);

const { db, auth } = await openBetterAuth(folder, {
  account: {
    accountLinking: { enabled: true, trustedProviders: ['google'], allowDifferentEmails: true },
  },
  socialProviders: {
    google: { clientId: 'bench', clientSecret: 'bench', verifyIdToken: async () => true },
  },
});

const actors = Math.min(people, 256);
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

settle(db, { from: actors, to: people });
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
