// What a scanner types when it reads a certificate that somebody else issued: an EU DCC or a SMART Health Card.
const DCC = 'HC1:';
const SHC = 'shc:/';
const JWS = 'eyJ';
/** Full-width characters stand this far above their plain ones. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
/** What a Chinese input method makes of marks that a certificate has and its own never are. */
const MARKS: Record<string, string> = { '\u3000': ' ', '\u3001': '/', '\u3002': '.', '\uffe5': '$' };

/**
 * The text of the certificate, as it was issued, or null for a pass or a number. A scanner behind Caps Lock types small
 * letters, one behind a Chinese input method full-width marks. In base45 and in digits neither occurs, so both are put
 * right; a JWS has letters of both sizes, and keeps them. A space at the end of base45 may be its own.
 */
export function foreignOf(typed: string): string | null {
  const text = plain(typed.trimStart().replace(/[\r\n]+$/, ''));
  if (text.slice(0, DCC.length).toUpperCase() === DCC) return text.toUpperCase();
  if (text.slice(0, SHC.length).toLowerCase() === SHC) return SHC + text.slice(SHC.length).trimEnd();
  return text.startsWith(JWS) ? text.trimEnd() : null;
}

function plain(text: string): string {
  const narrow = text.replace(FULL_WIDTH, (it) => String.fromCharCode(it.charCodeAt(0) - FULL_WIDTH_OFFSET));
  return narrow.replace(/[\u3000\u3001\u3002\uffe5]/g, (it) => MARKS[it] ?? it);
}
