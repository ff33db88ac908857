import { ValidateBy } from 'class-validator';

/** Control characters (Unicode's Cc: C0, DEL, C1) and lone surrogates (Cs). */
const REFUSED = /[\p{Cc}\p{Cs}]/gu;

/** Whether a text has no control characters, but for those that are allowed, and no lone surrogates. */
export function isCleanText(text: string, allowed = ''): boolean {
  return (text.match(REFUSED) ?? []).every((character) => allowed.includes(character));
}

/** Validates texts, or lists of them; anything else is left to the rule about types. */
export function CleanText(allowed = ''): PropertyDecorator {
  const clean = (value: unknown) => typeof value !== 'string' || isCleanText(value, allowed);
  return ValidateBy({
    name: 'cleanText',
    validator: {
      validate: (value: unknown) => (Array.isArray(value) ? value.every(clean) : clean(value)),
      defaultMessage: () => '$property must not contain control characters or lone surrogates',
    },
  });
}
