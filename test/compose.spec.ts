import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { schema } from '../src/config/schema.js';
import { readEnvironment } from '../src/config/environment.js';

interface Service {
  environment?: Record<string, string>;
  ports?: string[];
  command?: string[];
}

const TEXT = readFileSync('docker-compose.yml', 'utf8');
const { services } = parse(TEXT, { merge: true }) as { services: Record<string, Service> };
const OURS = ['api', 'worker', 'migrate'] as const;

/** As compose fills them in, where nothing is set but what has to be. */
function filled(service: Service): Record<string, string> {
  const value = (text: string) =>
    text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, other: string) =>
      kind === '?' ? `0123456789abcdef0123456789abcdef-${name}` : other,
    );
  return Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, text]) => [name, value(text)]));
}

describe('docker-compose.yml', () => {
  it.each(OURS)('sets nothing that the %s does not know, and nothing that production refuses', (name) => {
    const environment = filled(services[name]!);
    expect(Object.keys(environment).filter((variable) => !(variable in schema))).toEqual([]);
    expect(readEnvironment(environment).NODE_ENV).toBe('production');
  });

  it('has no secret of its own, and starts with none that is missing', () => {
    const variables = [...TEXT.matchAll(/\$\{(\w+)(:[-?])?([^}]*)\}/g)].map(([, name, kind, other]) => ({
      name: name!,
      kind,
      other,
    }));
    const secrets = variables.filter(({ name }) => /PASSWORD|SECRET$/.test(name));
    expect(new Set(secrets.map(({ name }) => name))).toEqual(
      new Set(['JWT_SECRET', 'POSTGRES_PASSWORD', 'APP_PASSWORD', 'REDIS_PASSWORD']),
    );
    for (const { name, kind } of secrets) expect([name, kind]).toEqual([name, ':?']);
  });

  it('gives each part the secrets that it needs, and no others', () => {
    const seen = Object.fromEntries(
      Object.entries(services).map(([name, { environment = {} }]) => {
        const text = Object.values(environment).join(' ');
        return [
          name,
          ['JWT_SECRET', 'POSTGRES_PASSWORD', 'APP_PASSWORD', 'REDIS_PASSWORD'].filter((secret) =>
            text.includes(`{${secret}:`),
          ),
        ];
      }),
    );
    expect(seen).toEqual({
      postgres: ['POSTGRES_PASSWORD'],
      redis: ['REDIS_PASSWORD'],
      migrate: ['POSTGRES_PASSWORD', 'APP_PASSWORD'],
      api: ['JWT_SECRET', 'APP_PASSWORD', 'REDIS_PASSWORD'],
      worker: ['APP_PASSWORD', 'REDIS_PASSWORD'],
    });
    for (const { command = [] } of Object.values(services)) expect(command.join(' ')).not.toMatch(/\$\{/);
  });

  it('opens the API alone to others, on this machine unless told otherwise', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([['api', ['${API_ADDRESS:-127.0.0.1:3001}:3001']]]);
  });
});
