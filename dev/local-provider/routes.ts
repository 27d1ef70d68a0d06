import { authorize } from './authorize.ts';
import { sendJson, sendPage, type Exchange, type Handler } from './exchange.ts';
import { facebookMe, facebookRevoke, facebookRevokeOf } from './facebook-api.ts';
import { sendNotice, showNotices } from './facebook-notices.ts';
import { githubEmails, githubRevoke, githubUser } from './github-api.ts';
import { discovery, keys, revocation, userinfo } from './openid-api.ts';
import { samplePeople } from './people.ts';
import { frontPage } from './picker-page.ts';
import type { Role, RoleName } from './roles.ts';
import type { Stage } from './stage.ts';
import { token } from './token.ts';

type Route = readonly [method: string, path: RegExp, handler: Handler];

/** Every address of the local provider. */
export function routesOf(stage: Stage): readonly Route[] {
  return [
    ['GET', /^\/$/, (exchange) => sendPage(exchange, 200, frontPage(stage.roles, samplePeople))],
    ...stage.roles.flatMap((role) => [
      [
        'GET',
        role.authorizePath,
        (exchange: Exchange) => authorize(stage, role, exchange),
      ] as const,
      [
        'POST',
        role.authorizePath,
        (exchange: Exchange) => authorize(stage, role, exchange),
      ] as const,
      ...plays[role.name](stage, role),
    ]),
  ];
}

const openId = (stage: Stage, role: Role): readonly Route[] => {
  const at = (path: string) => new RegExp(`^/${role.name}/${path}$`);
  return [
    ['GET', at('\\.well-known/openid-configuration'), (it) => discovery(stage, role, it)],
    ['POST', at('token'), (it) => token(stage, role, it)],
    ['GET', at('jwks'), (it) => keys(stage, it)],
    ['GET', at('userinfo'), (it) => userinfo(stage, role, it)],
    ['POST', at('revoke'), (it) => revocation(stage, role, it)],
  ];
};

const plays: Readonly<Record<RoleName, (stage: Stage, role: Role) => readonly Route[]>> = {
  github: (stage, role) => [
    ['POST', /^\/github\/login\/oauth\/access_token$/, (it) => token(stage, role, it)],
    ['GET', /^\/github\/api\/v3\/user$/, (it) => githubUser(stage, it)],
    ['GET', /^\/github\/api\/v3\/user\/emails$/, (it) => githubEmails(stage, it)],
    [
      'DELETE',
      new RegExp(`^/github/api/v3/applications/${role.clientId}/grant$`),
      (it) => githubRevoke(stage, role, it),
    ],
  ],
  google: openId,
  facebook: (stage, role) => [
    ['POST', /^\/graph(\/v\d+\.\d+)?\/oauth\/access_token$/, (it) => token(stage, role, it)],
    ['GET', /^\/facebook\/notices$/, (it) => showNotices(role, it)],
    ['POST', /^\/facebook\/notices$/, (it) => sendNotice(role, it)],
    ['GET', /^\/graph(\/v\d+\.\d+)?\/me$/, (it) => facebookMe(stage, it)],
    ['DELETE', /^\/graph(\/v\d+\.\d+)?\/me\/permissions$/, (it) => facebookRevoke(stage, it)],
    [
      'DELETE',
      /^\/graph(\/v\d+\.\d+)?\/\d+\/permissions$/,
      (it) => facebookRevokeOf(stage, role, it),
    ],
  ],
  acme: openId,
};

/** Answers one request. */
export async function answer(routes: readonly Route[], exchange: Exchange): Promise<void> {
  const { method, url } = exchange;
  const found = routes.find(([verb, path]) => verb === method && path.test(url.pathname));
  if (found) return found[2](exchange);
  sendJson(exchange, 404, { error: 'not_found' });
}
