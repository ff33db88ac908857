import { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';
import { checkValue } from './check-value.js';

describe.each(Object.values(ModelType))('the schema of %s', (modelType) => {
  const schema = HYPERPARAMETERS[modelType];

  test('has camelCase names, each once, and begins with epochs', () => {
    const names = schema.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe('epochs');
    for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]*)*$/);
  });

  test('says in one line what each entry means, and accepts its own defaults', () => {
    for (const entry of schema) {
      expect(entry.description).toMatch(/^[^\n]{10,}\.$/);
      expect(checkValue(entry, entry.default)).toBeNull();
    }
  });

  test('is plain JSON, to be served as it is', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
