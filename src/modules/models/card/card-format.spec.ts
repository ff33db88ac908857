import { acceptedFormat } from './card-format.js';
import { CardNotAcceptableError } from './card.errors.js';

test.each([
  [undefined, 'json'],
  ['*/*', 'json'],
  ['application/json', 'json'],
  ['text/markdown', 'markdown'],
  ['Text/Markdown; charset=utf-8', 'markdown'],
  ['text/*', 'markdown'],
  ['text/html, text/markdown;q=0.9, */*;q=0.1', 'markdown'],
  ['text/html, */*;q=0.8', 'json'],
  ['application/json;q=0.5, text/markdown', 'markdown'],
  ['application/json;q=0, */*', 'markdown'],
])('%p gets %s', (accept, format) => {
  expect(acceptedFormat(accept)).toBe(format);
});

test.each(['image/png', 'text/html', '', 'nonsense', 'application/json;q=0', '*/*;q=x'])('%p gets none', (accept) => {
  expect(() => acceptedFormat(accept)).toThrow(CardNotAcceptableError);
});
