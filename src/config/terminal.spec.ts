import { terminalOf } from './terminal.js';

const TTY = { isTTY: true };
const UTF8 = { TERM: 'xterm-256color', LANG: 'de_DE.UTF-8' };

describe('terminalOf', () => {
  it.each([
    ['a terminal', TTY, UTF8, { redraws: true, colour: true, unicode: true }],
    ['a file', {}, UTF8, { redraws: false, colour: false, unicode: true }],
    ['NO_COLOR', TTY, { ...UTF8, NO_COLOR: '1' }, { redraws: true, colour: false, unicode: true }],
    ['an empty NO_COLOR', TTY, { ...UTF8, NO_COLOR: '' }, { redraws: true, colour: true, unicode: true }],
    ['a dumb terminal', TTY, { ...UTF8, TERM: 'dumb' }, { redraws: false, colour: false, unicode: false }],
    ['the Linux console', TTY, { ...UTF8, TERM: 'linux' }, { redraws: true, colour: true, unicode: false }],
    ['another encoding', TTY, { ...UTF8, LC_ALL: 'C' }, { redraws: true, colour: true, unicode: false }],
    ['no locale', TTY, {}, { redraws: true, colour: true, unicode: false }],
    ['Windows Terminal', TTY, { WT_SESSION: 'x' }, { redraws: true, colour: true, unicode: true }],
  ])('knows %s', (_, output, variables, terminal) => {
    expect(terminalOf(output, variables)).toEqual(terminal);
  });
});
