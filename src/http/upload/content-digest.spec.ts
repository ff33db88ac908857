import { announcedSha256 } from './content-digest.js';

describe('announcedSha256', () => {
  const base64 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
  const hex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

  it.each([
    ['Content-Digest', { 'content-digest': `sha-256=:${base64}:` }, hex],
    ['beside another algorithm', { 'content-digest': `sha-512=:abc=:, sha-256=:${base64}:` }, hex],
    ['Digest, in capitals', { digest: `SHA-256=${base64}` }, hex],
    [
      'the newer header before the older',
      { digest: `sha-256=${'A'.repeat(43)}=`, 'content-digest': `sha-256=:${base64}:` },
      hex,
    ],
    ['an algorithm we do not know alone', { 'content-digest': 'md5=:abc=:' }, null],
    ['nothing', {}, null],
  ])('reads %s', (_, headers, found) => {
    expect(announcedSha256(headers)).toBe(found);
  });

  it.each([
    ['without colons', { 'content-digest': `sha-256=${base64}` }],
    ['in hexadecimal', { 'content-digest': `sha-256=:${hex}:` }],
    ['that is none', { 'content-digest': 'blah' }],
    ['of nothing', { digest: 'sha-256=' }],
  ])('refuses a digest %s', (_, headers) => {
    expect(() => announcedSha256(headers)).toThrow(expect.objectContaining({ code: 'digest_malformed' }));
  });
});
