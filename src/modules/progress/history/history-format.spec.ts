import { acceptedFormat, HistoryFormat } from './history-format.js';
import { HistoryNotAcceptableError } from './history.errors.js';

describe('the form of a history', () => {
  it.each([
    [undefined, HistoryFormat.Json],
    ['text/csv', HistoryFormat.Csv],
    ['text/csv;q=0.5, application/json', HistoryFormat.Json],
    ['text/*', HistoryFormat.Csv],
  ])('that %p asks for is %s', (accept, format) => {
    expect(acceptedFormat(accept)).toBe(format);
  });

  it('is none for an image', () => {
    expect(() => acceptedFormat('image/png')).toThrow(HistoryNotAcceptableError);
  });
});
