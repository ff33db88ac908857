import { ArrivingBytes } from './arriving-bytes.js';

describe('arriving bytes', () => {
  it('are those of all uploads of a tenant, until each ends', () => {
    const arriving = new ArrivingBytes();
    const [first, second, other] = [arriving.begin('acme'), arriving.begin('acme'), arriving.begin('other')];
    expect([first.add(10), second.add(5), first.add(1), other.add(3)]).toEqual([10, 15, 16, 3]);
    first.end();
    expect(second.add(1)).toBe(6);
    expect(first.add(100)).toBe(6);
    first.end();
    second.end();
    expect(arriving.begin('acme').add(2)).toBe(2);
  });
});
