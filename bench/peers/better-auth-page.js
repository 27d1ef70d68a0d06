import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servePages } from '../bare-remix/serve-pages.js';
import { emailOf, openBetterAuth, password } from './open-better-auth.js';

// The bare page, shown to whom Better Auth says. Who is signed in is left in the folder: a cookie a line.
const [folder = '.', peopleText = '1'] = process.argv.slice(2);
const { auth } = await openBetterAuth(folder);

const cookies = [];
for (let person = 0; person < Number(peopleText); person += 1) {
  const body = { email: emailOf(person), password, name: 'Person Of The Bench' };
  const { headers } = await auth.api.signUpEmail({ body, returnHeaders: true });
  cookies.push(headers.get('set-cookie').split(';')[0]);
}
writeFileSync(join(folder, 'cookies.txt'), cookies.join('\n'));

await servePages({
  personOf: async ({ headers }) => {
    const session = await auth.api.getSession({ headers });
    if (!session) throw new Response('Nobody is signed in', { status: 401 });
    return session.user;
  },
});
