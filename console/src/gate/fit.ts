// How wide a text is, in units of its own font size, so that CSS can make it as large as its place allows.
// A guess is enough: it only has to be the same on every tablet, whatever fonts that has.

const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f℃]/;

export function unitsOf(text: string): number {
  let units = 0;
  for (const letter of text) {
    if (WIDE.test(letter)) units += 1;
    else if (/[A-ZWMmw]/.test(letter)) units += 0.78;
    else if (/[\s.,;:'ilj]/.test(letter)) units += 0.31;
    else units += 0.6;
  }
  return units;
}

/** Into how many lines a text breaks so that no line is longer than `perLine` units. */
export function linesOf(text: string, perLine: number): number {
  return Math.max(1, Math.ceil(unitsOf(text) / perLine));
}
