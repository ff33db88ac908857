import { addressOf, networkOf, plainAddress } from './client-address.js';

describe('networkOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:0DB8:0001:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('plainAddress', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:51234', '192.0.2.7'],
    ['"192.0.2.7:51234"', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['[::ffff:c000:207]:443', '192.0.2.7'],
    ['2001:0DB8::0:1', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
  ])('of %s is %s', (text, address) => {
    expect(plainAddress(text)).toBe(address);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    'evil<script>',
    '999.1.1.1',
    '1.2.3.4.5:6',
    '[::1',
    'z'.repeat(9_000),
    'a.example',
  ])('is none of %s', (text) => {
    expect(plainAddress(text)).toBeUndefined();
  });
});

describe('addressOf', () => {
  const from = (ip: string | undefined, remoteAddress?: string) =>
    addressOf({ ip, socket: { remoteAddress } as never });

  it("is what a believed proxy says where that is an address, else the proxy's own", () => {
    expect(from('192.0.2.7:5', '127.0.0.1')).toBe('192.0.2.7');
    expect(from('evil<script>', '::ffff:127.0.0.1')).toBe('127.0.0.1');
    expect([from('', undefined), from(undefined, undefined)]).toEqual(['unknown', 'unknown']);
  });
});
