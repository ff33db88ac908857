/**
 * Which of the forms an Accept header (RFC 9110 §12.5.1) asks for, given their media types; the earlier where two are as
 * good. Undefined where none will do.
 */
export function accepted<Form extends string>(
  accept: string | undefined,
  mediaTypes: Readonly<Record<Form, string>>,
): Form | undefined {
  const ranges = (accept ?? '*/*').split(',').map(rangeOf);
  const weights = Object.entries<string>(mediaTypes).map(([form, mediaType]) => ({
    form: form as Form,
    weight: weightOf(mediaType, ranges),
  }));
  const [best] = weights.toSorted((a, b) => b.weight - a.weight);
  return best && best.weight > 0 ? best.form : undefined;
}

interface MediaRange {
  type: string;
  weight: number;
}

function rangeOf(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
}

/** That of the range that says most of the type; 0: not wanted. */
function weightOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const wildcards = [mediaType, `${mediaType.split('/')[0]}/*`, '*/*'];
  const found = wildcards.map((type) => ranges.find((range) => range.type === type)).find(Boolean);
  return found?.weight ?? 0;
}
