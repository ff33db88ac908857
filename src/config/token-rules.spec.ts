import { InvalidEnvironmentError, readEnvironment } from './environment.js';
import { tokenRules } from './token-rules.js';

describe('tokenRules', () => {
  it('asks for nothing by itself', () => {
    expect(tokenRules(readEnvironment({}))).toEqual({
      toleranceSeconds: 5,
      tenantClaim: 'tenant',
      rolesClaim: 'roles',
    });
  });

  it('asks for what is set', () => {
    const variables = {
      JWT_ISSUER: 'i',
      JWT_AUDIENCE: 'a',
      JWT_MAX_AGE_SECONDS: '60',
      JWT_CLOCK_TOLERANCE_SECONDS: '0',
    };
    expect(tokenRules(readEnvironment(variables))).toMatchObject({
      issuer: 'i',
      audience: 'a',
      maxAgeSeconds: 60,
      toleranceSeconds: 0,
    });
  });

  it('tells tenant and roles apart', () => {
    expect(() => tokenRules(readEnvironment({ JWT_TENANT_CLAIM: 'roles' }))).toThrow(InvalidEnvironmentError);
  });
});
