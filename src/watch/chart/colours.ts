export type Colour = 'cyan' | 'yellow' | 'red' | 'green' | 'dim';

const CODES: Record<Colour, number> = { cyan: 36, yellow: 33, red: 31, green: 32, dim: 2 };

export type Paint = (text: string, colour: Colour | undefined) => string;

/** For terminals with colours. */
export const inColour: Paint = (text, colour) => (colour && text ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text);

export const plain: Paint = (text) => text;
