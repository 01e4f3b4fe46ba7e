// What a scanner types when it reads the pass on a worker's phone.
const PREFIXES = ['RW1:', 'RW2:'];

/**
 * The text of the pass, as it was issued, or null for a number. A scanner behind Caps Lock types small letters and one
 * behind a Chinese input method a full-width colon; a pass has neither, so both are put right. A space at its end may be
 * its own: base45 has one.
 */
export function passOf(typed: string): string | null {
  const text = typed.trimStart().replace(/[\r\n]+$/, '').replaceAll('：', ':').toUpperCase();
  return PREFIXES.some((it) => text.startsWith(it)) ? text : null;
}
