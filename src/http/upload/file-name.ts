/** What must not stand in a file name on some system, or in a header. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}<>:"|?*%\\/]/gu;
const MOST = 150;

/** The last part of a path as some client sent it, fit to be offered again; undefined where nothing is left of it. */
export function safeFileName(given: string | undefined): string | undefined {
  const last = given?.split(/[\\/]/).at(-1) ?? '';
  const name = last
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/^[.\s]+/, '')
    .trim();
  return name.slice(-MOST).toWellFormed() || undefined;
}
