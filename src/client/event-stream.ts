/** One event of a stream (`text/event-stream`). */
export interface StreamEvent {
  /** `message` where the stream does not say. */
  name: string;
  data: string;
  /** Where to resume after this event: the latest id that the stream named, or ''. */
  lastId: string;
}

export interface EventStreamOptions {
  /** Is told how many milliseconds to wait before connecting again. */
  onRetry?: (ms: number) => void;
}

/**
 * The events of a stream of bytes, wherever it was cut into chunks. What is unfinished when the bytes end is dropped:
 * it comes again, whole, when the stream is resumed.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
  options: EventStreamOptions = {},
): AsyncGenerator<StreamEvent> {
  // Holds back half a character until the rest of it is there, and takes a byte order mark away.
  const text = new TextDecoder();
  const lines = new LineSplitter();
  const gathered = new GatheredEvent(options);
  for await (const chunk of bytes) {
    for (const line of lines.split(text.decode(chunk, { stream: true }))) {
      if (line !== '') gathered.take(line);
      else yield* gathered.dispatch();
    }
  }
}

/** Whole lines of text that comes in chunks; they end in LF, CR or CRLF. */
class LineSplitter {
  #begun = '';
  #afterCr = false;

  split(chunk: string): string[] {
    if (chunk === '') return [];
    // The CR at the end of the last chunk has ended its line already; this LF belongs to it.
    const text = this.#afterCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    this.#afterCr = chunk.endsWith('\r');
    const lines = text.split(/\r\n?|\n/);
    lines[0] = this.#begun + lines[0]!;
    this.#begun = lines.pop()!;
    return lines;
  }
}

/** The fields of an event up to the blank line that ends it. */
class GatheredEvent {
  #name = '';
  #data: string[] = [];
  #lastId = '';

  constructor(private readonly options: EventStreamOptions) {}

  take(line: string): void {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!;
    if (field === 'event') this.#name = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#lastId = value;
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.options.onRetry?.(Number(value));
  }

  *dispatch(): Generator<StreamEvent> {
    const [name, data] = [this.#name || 'message', this.#data];
    [this.#name, this.#data] = ['', []];
    if (data.length > 0) yield { name, data: data.join('\n'), lastId: this.#lastId };
  }
}
