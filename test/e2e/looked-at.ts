/** Who looks at a page: somebody signed in, one of them with the auditor's role, or anybody else. */
export type Viewer = 'signed in' | 'auditor' | 'signed out';

interface LookedAt {
  /** `:accountId` stands for the viewer's own. */
  readonly path: string;
  readonly by: readonly Viewer[];
}

/** Where each route is looked at, and by whom. `no page`: an address that only acts. */
export const lookedAt: Readonly<Record<string, LookedAt | 'no page'>> = {
  $: { path: '/nowhere', by: ['signed out', 'signed in'] },
  _index: { path: '/', by: ['signed out', 'signed in'] },
  audit: { path: '/audit', by: ['auditor'] },
  'audit_.$accountId': { path: '/audit/:accountId', by: ['auditor'] },
  'audit_.$accountId_.export': 'no page',
  'audit_.feed': 'no page',
  'audit_.newest': { path: '/audit/newest', by: ['auditor'] },
  'auth.$provider': 'no page',
  'auth.$provider_.callback': 'no page',
  'auth.confirm': { path: '/auth/confirm', by: ['signed out', 'signed in'] },
  'auth.facebook.data-deletion': 'no page',
  // Its code comes with a notice: test/e2e/providers.spec.ts looks at it.
  'auth.facebook.data-deletion_.$code': 'no page',
  'auth.facebook.deauthorize': 'no page',
  'auth.problem': {
    path: '/auth/problem?why=provider-unreachable&provider=github',
    by: ['signed out', 'signed in'],
  },
  'dev.providers': { path: '/dev/providers', by: ['signed out'] },
  login: { path: '/login', by: ['signed out'] },
  logout: 'no page',
  reauth: { path: '/reauth', by: ['signed in'] },
  'recover.$token': { path: '/recover/gone', by: ['signed out'] },
  register: { path: '/register', by: ['signed out'] },
  settings: { path: '/settings', by: ['signed in'] },
  'settings_.connections': { path: '/settings/connections', by: ['signed in'] },
  'settings_.delete': { path: '/settings/delete', by: ['signed in'] },
  'settings_.export': 'no page',
  'settings_.history': { path: '/settings/history', by: ['signed in'] },
  'settings_.history_.feed': 'no page',
  'settings_.password': { path: '/settings/password', by: ['signed in'] },
  'settings_.sessions': { path: '/settings/sessions', by: ['signed in'] },
  'settings_.your-data': { path: '/settings/your-data', by: ['signed in'] },
  'signed-out': { path: '/signed-out', by: ['signed out'] },
  theme: 'no page',
};
