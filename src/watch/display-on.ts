import type { Terminal } from '../config/terminal.js';
import type { Display, Output } from './display.js';
import { LiveDisplay } from './live-display.js';
import { PlainDisplay, type PlainOptions } from './plain-display.js';

/** A chart that is redrawn in place on a terminal; elsewhere, such as in a log, lines. */
export const displayOn = (output: Output, terminal: Terminal, options?: PlainOptions): Display =>
  terminal.redraws ? new LiveDisplay(output, terminal) : new PlainDisplay(output, options);
