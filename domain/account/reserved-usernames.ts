/** Names that a reader would take for the house itself or for one of its pages. */
export const reservedUsernames: ReadonlySet<string> = new Set([
  ...['about', 'abuse', 'account', 'accounts', 'admin', 'administrator', 'anonymous', 'api'],
  ...['assets', 'audit', 'auditor', 'auth', 'billing', 'build', 'callback', 'confirm', 'contact'],
  ...['connections', 'delete', 'deleted', 'docs', 'everyone', 'export', 'facebook', 'favicon.ico'],
  ...['github', 'google', 'healthz', 'help', 'history', 'hostmaster', 'latchkey', 'legal', 'login'],
  ...['logout', 'metrics', 'moderator', 'nobody', 'null', 'official', 'operator', 'owner'],
  ...['password', 'postmaster', 'privacy', 'profile', 'provider', 'readyz', 'reauth', 'recover'],
  ...['register', 'robots.txt', 'root', 'security', 'session', 'sessions', 'settings', 'signin'],
  ...['signout', 'signup', 'staff', 'static', 'status', 'support', 'sysadmin', 'system', 'terms'],
  ...['undefined', 'unknown', 'webmaster', 'well-known', 'www'],
]);
