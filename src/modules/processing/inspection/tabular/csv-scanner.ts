import { LONGEST_ROW_BYTES } from './csv-dialect.js';

/** Where a record begins and how many fields it has. */
export interface ScannedRecord {
  line: number;
  fields: number;
}

export interface QuoteFault {
  code: 'quote_unterminated' | 'quote_misplaced' | 'line_too_long';
  line: number;
  /** From 0. */
  field: number;
}

enum State {
  /** Of a field: nothing of it was seen. */
  Start,
  /** Spaces where a quote may still follow. */
  Spaces,
  Plain,
  Quoted,
  /** After a quote within quotes: the field's end, or the first of two that stand for one. */
  Closed,
  /** Spaces after the field's end. */
  Trailing,
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

/**
 * Splits csv (RFC 4180, with any line end, and spaces around quoted values) as its bytes arrive, without keeping them.
 * Blank lines are no records. `write` is given the same content the way the engine reads it without fail: lines end
 * with \n, no line is blank, and quotes touch their delimiters.
 */
export class CsvScanner {
  records = 0;
  /** Whether `write` would get anything but the content as it is, its line ends apart. */
  irregular = false;
  readonly lineEnds = { '\n': 0, '\r\n': 0, '\r': 0 };
  fault: QuoteFault | null = null;

  private readonly special = new Uint8Array(256);
  private state = State.Start;
  private line = 1;
  private fields = 1;
  private spaces = 0;
  private recordLine = 1;
  private recordBytes = 0;
  private quoteLine = 1;
  private afterCr = false;
  /** A \r ended the record, and a \n may belong to it. */
  private crEnds = false;

  constructor(
    private readonly delimiter: number,
    private readonly onRecord: (record: ScannedRecord) => boolean | void,
    private readonly write: (bytes: Buffer) => void = () => undefined,
  ) {
    for (const byte of [LF, CR, SPACE, QUOTE, delimiter]) this.special[byte] = 1;
  }

  /** False: nothing more needs to be fed. */
  feed(chunk: Buffer): boolean {
    const { special, delimiter } = this;
    let kept = 0;
    let started = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      const { state } = this;
      if (special[byte] === 0) {
        if (this.crEnds) this.lineEnds['\r']++;
        this.afterCr = this.crEnds = false;
        if (state >= State.Closed) return this.fail('quote_misplaced', this.quoteLine);
        if (state === State.Spaces) {
          this.releaseSpaces();
          kept = at;
        }
        if (state < State.Plain) this.state = State.Plain;
        while (special[chunk[at + 1]!] === 0) at++;
        continue;
      }
      if (this.crEnds) {
        this.crEnds = false;
        this.lineEnds[byte === LF ? '\r\n' : '\r']++;
        if (byte === LF) {
          this.afterCr = false;
          kept = at + 1;
          continue;
        }
      }
      const newline = byte === LF || byte === CR;
      if (newline && !(byte === LF && this.afterCr)) this.line++;
      this.afterCr = byte === CR;
      if (state === State.Quoted) {
        if (byte === QUOTE) this.state = State.Closed;
        continue;
      }
      if (newline) {
        if (state < State.Spaces || state === State.Plain || state === State.Closed)
          this.write(chunk.subarray(kept, at));
        kept = at + 1;
        this.recordBytes += at - started;
        started = at;
        if (byte === LF) this.lineEnds['\n']++;
        else this.crEnds = true;
        if (!this.endRecord()) return false;
      } else if (byte === delimiter) {
        if (state === State.Spaces) this.releaseSpaces();
        else if (state !== State.Trailing) this.write(chunk.subarray(kept, at));
        kept = at;
        this.fields++;
        this.state = State.Start;
      } else if (byte === QUOTE) {
        if (state === State.Trailing) return this.fail('quote_misplaced', this.quoteLine);
        if (state === State.Spaces) {
          this.irregular = true;
          this.spaces = 0;
          kept = at;
        }
        if (state < State.Plain) this.quoteLine = this.line;
        if (state !== State.Plain) this.state = State.Quoted;
      } else if (state === State.Start) {
        this.write(chunk.subarray(kept, at));
        this.spaces = 1;
        this.state = State.Spaces;
      } else if (state === State.Spaces) {
        this.spaces++;
      } else if (state === State.Closed) {
        this.write(chunk.subarray(kept, at));
        this.irregular = true;
        this.state = State.Trailing;
      }
    }
    if (this.state !== State.Spaces && this.state !== State.Trailing) this.write(chunk.subarray(kept));
    this.recordBytes += chunk.length - started;
    if (this.recordBytes <= LONGEST_ROW_BYTES) return true;
    return this.state === State.Quoted
      ? this.fail('quote_unterminated', this.quoteLine)
      : this.fail('line_too_long', this.recordLine);
  }

  end(): void {
    if (this.fault) return;
    if (this.crEnds) this.lineEnds['\r']++;
    if (this.state === State.Quoted) this.fail('quote_unterminated', this.quoteLine);
    else this.endRecord();
  }

  private endRecord(): boolean {
    const { state, fields, recordLine } = this;
    const blank = fields === 1 && (state === State.Start || state === State.Spaces);
    const tooLong = this.recordBytes > LONGEST_ROW_BYTES;
    if (blank) this.irregular ||= this.line > recordLine || this.spaces > 0;
    else {
      if (state === State.Spaces) this.releaseSpaces();
      this.write(Buffer.of(LF));
    }
    if (tooLong) return this.fail('line_too_long', recordLine);
    this.state = State.Start;
    this.spaces = 0;
    this.fields = 1;
    this.recordLine = this.line;
    this.recordBytes = 0;
    if (blank) return true;
    this.records++;
    return this.onRecord({ line: recordLine, fields }) !== false;
  }

  private releaseSpaces(): void {
    if (this.spaces > 0) this.write(Buffer.alloc(this.spaces, SPACE));
    this.spaces = 0;
  }

  private fail(code: QuoteFault['code'], line: number): false {
    this.fault = { code, line, field: this.fields - 1 };
    return false;
  }
}
