/** One line that a process may write. */
export interface LogLine {
  context: string;
  /** With `…` where a value is put in; OWN where it is an error's own. */
  message: string;
  level: string;
}

export const OWN = '_an error_';

const LEVELS: Readonly<Record<string, string>> = { log: 'info', verbose: 'trace' };
const CALL = /[lL]ogger(?:\([^)]*\))?\.(log|warn|error|debug|verbose|fatal)\(\s*/g;
const TEXT = /'([^']*)'|`([^`]*)`/g;
/** Texts, and what chooses between them, up to the next field. */
const TEXTS = /^(?:'[^']*'|`[^`]*`|[^'`,;{}()])*/;
const CONTEXT = /new Logger\((?:'(\w+)'|(\w+)\.name)\)|\}, '(\w+)'\);/g;
/** A logger by any other name would write unseen. */
const NAMED_OTHERWISE = /(?<!\blogger = )new Logger\((?![^)]*\)\.)/;
const SAID_BEFORE = /^(?:\{ msg, |\{ \.\.\.line, |line\))/;

interface Source {
  name: string;
  text: string;
}

/** All that the sources write. Throws for a call or a logger of a form that is not known here. */
export function logLinesOf(sources: readonly Source[]): LogLine[] {
  return sources.flatMap((source) => {
    if (NAMED_OTHERWISE.test(source.text)) throw new Error(`${source.name}: call it logger`);
    const said = [...source.text.matchAll(CALL)].flatMap((call) => {
      const level = LEVELS[call[1]!] ?? call[1]!;
      const rest = source.text.slice(call.index + call[0].length);
      return messagesOf(rest, source).map((message) => ({ message, level }));
    });
    const contexts = said.length > 0 ? contextsOf(source, sources) : [];
    return contexts.flatMap((context) => said.map((line) => ({ context, ...line })));
  });
}

function messagesOf(rest: string, { name, text }: Source): string[] {
  if (rest.startsWith('error)')) return [OWN];
  if (SAID_BEFORE.test(rest)) return textsIn(apartFromCalls(text), /\bmsg(?::| =) /g);
  const direct = /^(?:\{\s*msg: )?/.exec(rest)![0];
  const messages = direct === '' && !/^['`]/.test(rest) ? [] : texts(rest.slice(direct.length));
  if (messages.length === 0) throw new Error(`${name}: what does this write? ${rest.slice(0, 80)}`);
  return messages;
}

const apartFromCalls = (text: string) => text.replace(/[lL]ogger\.\w+\(\{\s*msg: /g, '');

function textsIn(text: string, before: RegExp): string[] {
  return [...text.matchAll(before)].flatMap(({ 0: found, index }) => texts(text.slice(index + found.length)));
}

function texts(expression: string): string[] {
  const [beginning] = TEXTS.exec(expression)!;
  return [...beginning.matchAll(TEXT)].map(([, plain, template]) => plain ?? template!.replace(/\$\{[^}]*\}/g, '…'));
}

/** Those of the file, or, where its caller hands over a logger, of whoever imports it. */
function contextsOf({ name, text }: Source, sources: readonly Source[]): string[] {
  const own = [...text.matchAll(CONTEXT)].map((found) => found[1] ?? found[2] ?? found[3]!);
  if (own.length > 0) return [...new Set(own)];
  const file = name.split('/').at(-1)!.replace(/\.ts$/, '.js');
  const importers = sources.filter((source) => source.text.includes(`/${file}'`));
  const theirs = importers.flatMap((source) =>
    [...source.text.matchAll(CONTEXT)].map((found) => found[1] ?? found[2]!),
  );
  if (theirs.length === 0) throw new Error(`${name}: in whose name?`);
  return [...new Set(theirs)];
}

/** What the table of a page says: `Context`, `msg` and levels, several in a cell by commas. */
export function logLinesIn(page: string): LogLine[] {
  const rows = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) +\| (`[^`]+`|_an error_) +\| ([a-z, ]+?) +\|/gm)];
  return rows.flatMap(([, contexts, message, levels]) =>
    contexts!.split(', ').flatMap((context) =>
      levels!.split(', ').map((level) => ({
        context: context.replaceAll('`', ''),
        message: message!.replaceAll('`', ''),
        level,
      })),
    ),
  );
}
