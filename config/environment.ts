import { z } from 'zod';
import { isLoopback } from './loopback.ts';
import { providerVariables } from './provider-variables.ts';
import { readProviders, type ProviderConfig } from './providers.ts';
import { variables } from './variables.ts';

/** What the environment says, read once at start by app, cli and dev. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Scheme, name and port without a slash; the only source of absolute links. */
  readonly origin: string;
  /** Whether development rules hold: ORIGIN and HOST both loopback, whatever NODE_ENV says (H8). */
  readonly development: boolean;
  readonly dataDir: string;
  readonly eventstoreUrl: string | undefined;
  readonly eventstorePrefix: string;
  /** As given; the vault reads them. All present unless development rules hold. */
  readonly secrets: SecretVariables;
  readonly metricsToken: string | undefined;
  readonly trustedProxies: number;
  readonly passwordMinLength: number;
  readonly bcryptCost: number;
  readonly signUp: 'open' | 'form' | 'closed';
  readonly deleteGraceDays: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly rateLimits: boolean;
  readonly providers: readonly ProviderConfig[];
}

export interface SecretVariables {
  readonly masterKeys: string | undefined;
  readonly pepper: string | undefined;
  readonly cookieSecrets: string | undefined;
}

/** The environment cannot be used. Each problem begins with the variable's name and holds no value. */
export class EnvironmentInvalid extends Error {
  readonly code = 'environment-invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'EnvironmentInvalid';
    this.problems = problems;
  }
}

const SECRETS = ['LATCHKEY_MASTER_KEYS', 'LATCHKEY_PEPPER', 'LATCHKEY_COOKIE_SECRETS'] as const;
const SAFE_BCRYPT_COST = 10;

const given = z.object({ ...variables, ...providerVariables });
type Given = z.infer<typeof given>;

/** The one schema of the environment: reads every variable, then what only holds between them. */
export const environment = z
  .record(z.string(), z.string().optional())
  .transform(withoutEmpty)
  .transform((source, context): Environment => {
    const problem = (variable: string, message: string) =>
      context.addIssue({ code: 'custom', path: [variable], message });

    const parsed = given.safeParse(source);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) problem(String(issue.path[0]), issue.message);
      return z.NEVER;
    }
    const origin = new URL(parsed.data.ORIGIN ?? `http://localhost:${parsed.data.PORT}`);
    const development = isLoopback(origin.hostname) && isLoopback(parsed.data.HOST);
    const providers = readProviders({ variables: source, development, problem });
    if (!development) refuseDevelopmentRules(parsed.data, origin, problem);
    return compose(parsed.data, { origin: origin.origin, development, providers });
  });

/** Reads the environment, or throws EnvironmentInvalid with everything that is wrong with it. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  // process.env is no plain object.
  const parsed = environment.safeParse({ ...source });
  if (parsed.success) return parsed.data;
  throw new EnvironmentInvalid(
    parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
  );
}

function refuseDevelopmentRules(
  read: Given,
  origin: URL,
  problem: (variable: string, message: string) => void,
): void {
  if (origin.protocol !== 'https:') {
    problem('ORIGIN', 'must be https, unless both ORIGIN and HOST are loopback');
  }
  for (const secret of SECRETS) {
    if (read[secret] === undefined) {
      problem(
        secret,
        'is missing; `npm run latchkey -- init` prints fresh ones, and only loopback goes without',
      );
    }
  }
  if (read.RATE_LIMITS === 'off') problem('RATE_LIMITS', 'can be off only on loopback');
  if (read.BCRYPT_COST < SAFE_BCRYPT_COST) {
    problem('BCRYPT_COST', `must be at least ${SAFE_BCRYPT_COST} except on loopback`);
  }
}

function compose(
  read: Given,
  settled: Pick<Environment, 'origin' | 'development' | 'providers'>,
): Environment {
  return {
    ...settled,
    port: read.PORT,
    host: read.HOST,
    dataDir: read.DATA_DIR,
    eventstoreUrl: read.EVENTSTORE_URL,
    eventstorePrefix: read.EVENTSTORE_PREFIX ?? '',
    secrets: {
      masterKeys: read.LATCHKEY_MASTER_KEYS,
      pepper: read.LATCHKEY_PEPPER,
      cookieSecrets: read.LATCHKEY_COOKIE_SECRETS,
    },
    metricsToken: read.METRICS_TOKEN,
    trustedProxies: read.TRUSTED_PROXIES,
    passwordMinLength: read.PASSWORD_MIN_LENGTH,
    bcryptCost: read.BCRYPT_COST,
    signUp: read.SIGN_UP,
    deleteGraceDays: read.DELETE_GRACE_DAYS,
    logLevel: read.LOG_LEVEL,
    rateLimits: read.RATE_LIMITS === 'on',
    providers: settled.providers,
  };
}

/** `NAME=` in a file of settings means unset. */
function withoutEmpty(source: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(source).flatMap(([name, value]) =>
    value === undefined || value.trim() === '' ? [] : [[name, value.trim()] as const],
  );
  return Object.fromEntries(entries);
}
