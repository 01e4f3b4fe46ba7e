// A visitor's code: V, ten digits by chance, one that checks the others (slices/visitors/src/rules.rs; the verdict vectors hold both alike).

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FORM = /^V[0-9A-HJKMNP-TV-Z]{11}$/;

/** As it was scanned or typed, in its one form. */
export function visitorCode(text: string): string | null {
  const code = text.trim().replaceAll(/[ -]/g, '').toUpperCase();
  return isVisitorCode(code) ? code : null;
}

/** Whether this is one, in its one form. */
export function isVisitorCode(code: string): boolean {
  if (!FORM.test(code)) return false;
  const values = Array.from(code.slice(1), (it) => DIGITS.indexOf(it));
  const sum = values.slice(0, 10).reduce((all, value, at) => all + (at + 1) * value, 0);
  return values[10] === sum % 31;
}
