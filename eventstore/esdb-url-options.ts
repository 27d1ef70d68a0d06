/** What an address may say behind its `?`; see docs/eventstoredb.md. */
const known = [
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
  'connectionName',
  'nodePreference',
  'keepAliveInterval',
  'keepAliveTimeout',
  'gossipTimeout',
  'discoveryInterval',
  'maxDiscoverAttempts',
  // Heard by the client, and of no effect on how it is used here.
  'tlsVerifyCert',
  'defaultDeadline',
  'throwOnAppendFailure',
];

/** As the client compares them. */
const flat = (name: string): string => name.trim().toLowerCase().replace(/[_-]/g, '');
const heard = new Set(known.map(flat));

/**
 * Refuses options that nobody knows. The client would print a warning instead, with the whole address in it,
 * password and all. Throws a plain error that repeats nothing of the address.
 */
export function refuseUnheard(url: string): void {
  const places = url.slice(url.indexOf('@') + 1);
  const [, options = ''] = /\?(.*)$/s.exec(places) ?? [];
  const given = options.split('&').map((option) => flat(option));
  if (given.includes('tlsverifycert=false')) {
    throw new Error('EVENTSTORE_URL: tlsVerifyCert has no effect; name the authority in tlsCAFile');
  }
  const names = given.map((option) => option.replace(/=.*$/s, ''));
  if (options === '' || names.every((name) => heard.has(name))) return;
  throw new Error('EVENTSTORE_URL has an option that is not known; see docs/eventstoredb.md');
}
