import { createServer } from 'node:http';
import { genericOAuth } from 'better-auth/plugins';
import { toNodeHandler } from 'better-auth/node';
import { emailOf, openBetterAuth, password, settle } from './open-better-auth.js';

// Better Auth behind Node's own HTTP server, as its documents mount it; its provider is the one that Latchkey's side
// asks too, by discovery and with id tokens checked.
const [folder = '.', peopleText = '0', actorsText = '0'] = process.argv.slice(2);
const [people, actors] = [Number(peopleText), Number(actorsText)];
const { PORT, GOOGLE_ISSUER } = process.env;
const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = process.env;
const origin = `http://localhost:${PORT}`;
const callback = '/auth/google/callback';

const provider = {
  providerId: 'google',
  discoveryUrl: `${GOOGLE_ISSUER}/.well-known/openid-configuration`,
  requireIdTokenVerification: true,
  clientId,
  clientSecret,
  scopes: ['openid', 'profile', 'email'],
  // The local provider sends people back to addresses of this shape only.
  redirectURI: `${origin}${callback}`,
};
const { db, auth } = await openBetterAuth(folder, {
  baseURL: origin,
  plugins: [genericOAuth({ config: [provider] })],
});
for (let person = 0; person < actors; person += 1) {
  await auth.api.signUpEmail({ body: { email: emailOf(person), password, name: 'Person' } });
}
settle(db, { from: actors, to: people });

const answer = toNodeHandler(auth);
const server = createServer((request, response) => {
  if (request.url?.startsWith(callback)) {
    request.url = request.url.replace(callback, '/api/auth/callback/google');
  }
  void answer(request, response);
});
server.listen(Number(PORT), '127.0.0.1');
