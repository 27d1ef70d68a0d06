import { readEnvironment } from '../../config/environment.ts';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { openProviders } from '../../providers/open-providers.ts';

/** One round trip to GitHub in a process of its own; prints what must not stand in its log. */
const redirectUri = 'http://localhost:3000/auth/github/callback';
const local = await startLocalProvider();
const provider = openProviders(readEnvironment(local.environment.github).providers).get('github');
if (!provider) throw new Error('GitHub is not configured');

const { url, state, kept } = await provider.depart({ redirectUri, ask: 'nothing' });
const body = new URLSearchParams({ person: 'ada' });
const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
const { searchParams: back } = new URL(answer.headers.get('location') ?? '');
const code = back.get('code') ?? '';
const proved = await provider.arrive({ redirectUri, state, code, iss: back.get('iss'), kept });
await local.close();
if (proved.profile.subject !== '1815') throw new Error('it was somebody else');
console.log(JSON.stringify({ secrets: [state, code] }));
