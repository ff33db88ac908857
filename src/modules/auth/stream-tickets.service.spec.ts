import { readEnvironment } from '../../config/environment.js';
import type { Principal } from '../../http/principal.js';
import { TicketInvalidError } from './auth.errors.js';
import { issueToken } from './issue-token.js';
import { RevokedTokensService } from './revocation/revoked-tokens.service.js';
import { StreamTicketsService, TICKET_SECONDS } from './stream-tickets.service.js';

const SECRET = 's'.repeat(32);
const environment = readEnvironment({ JWT_SECRET: SECRET });
const revoked = new RevokedTokensService(undefined as never, environment);
const tickets = new StreamTicketsService(environment, revoked);
const now = new Date(Math.floor(Date.now() / 1_000) * 1_000);
const inAnHour = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_000);
const alice: Principal = { sub: 'alice', tenant: 'acme', roles: ['viewer'], issuedAt: now, expiresAt: inAnHour };

describe('stream tickets', () => {
  afterEach(() => jest.useRealTimers());

  it('speak for whom they were made for, until their token ends', () => {
    expect(tickets.verify(tickets.issue(alice, 'job_1').ticket, 'job_1')).toEqual(alice);
    expect(tickets.verify(tickets.issue(alice, null).ticket, null)).toEqual(alice);
    const undated = { ...alice, issuedAt: null };
    expect(tickets.verify(tickets.issue(undated, null).ticket, null)).toEqual(undated);
  });

  it.each([
    ['another job', 'job_1', 'job_2'],
    ['all jobs', 'job_1', null],
    ['one job', null, 'job_1'],
  ])('do not open the stream of %s', (_, made, opened) => {
    expect(() => tickets.verify(tickets.issue(alice, made).ticket, opened)).toThrow(TicketInvalidError);
  });

  it('can be used for a minute', () => {
    jest.useFakeTimers({ now: Date.now() });
    const { ticket } = tickets.issue(alice, 'job_1');
    jest.setSystemTime(Date.now() + (TICKET_SECONDS - 2) * 1_000);
    expect(tickets.verify(ticket, 'job_1').sub).toBe('alice');
    jest.setSystemTime(Date.now() + 3_000);
    expect(() => tickets.verify(ticket, 'job_1')).toThrow(TicketInvalidError);
  });

  it('do not outlive their token', () => {
    const expiresAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 5_000);
    expect(tickets.issue({ ...alice, expiresAt }, 'job_1').expiresAt).toEqual(expiresAt);
  });

  it('are revoked with the token that they came from', () => {
    const { ticket } = tickets.issue({ ...alice, sub: 'bob' }, 'job_1');
    expect(tickets.verify(ticket, 'job_1').sub).toBe('bob');
    revoked.learn([{ tenantId: 'acme', subject: 'bob', at: now }]);
    expect(() => tickets.verify(ticket, 'job_1')).toThrow(TicketInvalidError);
  });

  it('are no tokens, nor tokens tickets', () => {
    const token = issueToken(SECRET, { sub: 'alice', tenant: 'acme', roles: [] }, 60);
    for (const forged of [token, 'x', '', `${tickets.issue(alice, 'job_1').ticket}x`]) {
      expect(() => tickets.verify(forged, 'job_1')).toThrow(TicketInvalidError);
    }
  });
});
