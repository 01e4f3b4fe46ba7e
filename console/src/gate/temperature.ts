// What a guard types for a temperature, and what it means.
const LOWEST = 30;
const HIGHEST = 45;

/** Whether a body could show this; what is outside is a reading error. */
export function isBodily(celsius: number): boolean {
  return LOWEST <= celsius && celsius <= HIGHEST;
}

/** Three digits are a reading with one decimal: "365" is 36.5. */
export function tidyReading(typed: string): string {
  const plain = typed.replaceAll(/[,，。．]/g, '.').replaceAll(/[^\d.]/g, '');
  const [whole = '', ...rest] = plain.split('.');
  if (0 < rest.length) return `${whole.slice(0, 2)}.${rest.join('').slice(0, 1)}`;
  return 2 < whole.length ? `${whole.slice(0, 2)}.${whole.slice(2, 3)}` : whole;
}

/** Backspace undoes a digit, and the point that came with it. */
export function withoutLast(reading: string): string {
  return reading.slice(0, -1).replace(/\.$/, '');
}

export type ReadReading = { kind: 'none' } | { kind: 'celsius'; celsius: number } | { kind: 'out_of_range' };

export function readReading(reading: string): ReadReading {
  if (reading.trim() === '') return { kind: 'none' };
  const celsius = Number(reading);
  if (!isBodily(celsius)) return { kind: 'out_of_range' };
  return { kind: 'celsius', celsius: Math.round(celsius * 10) / 10 };
}
