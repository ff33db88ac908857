import { plainConnections, trustsAnyDatabase } from './plain-connections.js';

/** As the environment has them. */
interface Settings {
  NODE_ENV: string;
  DATABASE_URL?: string | undefined;
  DATABASE_DIRECT_URL?: string | undefined;
  REDIS_URL?: string | undefined;
  S3_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?: string | undefined;
  ALLOW_PLAIN_CONNECTIONS: boolean;
  JWT_SECRET?: string | undefined;
  JWT_SECRET_PREVIOUS?: string | undefined;
  JWT_JWKS?: string | undefined;
  JWT_ISSUER?: string | undefined;
  JWT_AUDIENCE?: string | undefined;
}

type Rule = [unsafe: boolean, problem: string];

/** Distinct characters that 32 random bytes have at the very least, however they are written down (hexadecimal: 16). */
const LEAST_VARIETY = 10;

/** What must not be so in production, one sentence each; `variables`: the whole environment, Node.js' own too. */
export function unsafeInProduction(environment: Settings, variables: NodeJS.ProcessEnv): string[] {
  if (environment.NODE_ENV !== 'production') return [];
  const { JWT_SECRET, JWT_SECRET_PREVIOUS, JWT_JWKS, JWT_ISSUER, JWT_AUDIENCE } = environment;
  const { DATABASE_URL, DATABASE_DIRECT_URL } = environment;
  const rules: Rule[] = [
    ...Object.entries({ JWT_SECRET, JWT_SECRET_PREVIOUS }).map(([name, secret]): Rule => [
      secret !== undefined && new Set(secret).size < LEAST_VARIETY,
      `${name}: can be guessed; take a random one, such as openssl rand -base64 48 prints`,
    ]),
    ...plainConnections(environment).map((name): Rule => [
      !environment.ALLOW_PLAIN_CONNECTIONS,
      `${name}: speaks to another machine without TLS; ALLOW_PLAIN_CONNECTIONS=true where nobody else is on that network`,
    ]),
    [
      JWT_JWKS !== undefined && JWT_ISSUER === undefined,
      'JWT_ISSUER: must be set with JWT_JWKS in production, or tokens of any issuer with these keys are accepted',
    ],
    [
      JWT_JWKS !== undefined && JWT_AUDIENCE === undefined,
      'JWT_AUDIENCE: must be set with JWT_JWKS in production, or tokens for any other service are accepted',
    ],
    ...Object.entries({ DATABASE_URL, DATABASE_DIRECT_URL }).map(([name, url]): Rule => [
      url !== undefined && trustsAnyDatabase(url),
      `${name}: trusts any server; use sslmode=verify-full in production`,
    ]),
    [
      variables.NODE_TLS_REJECT_UNAUTHORIZED === '0',
      'NODE_TLS_REJECT_UNAUTHORIZED: must not be 0 in production; NODE_EXTRA_CA_CERTS adds an authority',
    ],
    [
      /--inspect/.test(variables.NODE_OPTIONS ?? ''),
      'NODE_OPTIONS: must not open the debugger (--inspect) in production',
    ],
  ];
  return rules.flatMap(([unsafe, problem]) => (unsafe ? [problem] : []));
}
