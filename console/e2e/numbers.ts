// Invented numbers that check: resident identity (GB 11643, division 999999) and credit codes (GB 32100).
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export function residentId(birth: string, serial: number): string {
  const body = `999999${birth}${String(serial).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return body + '10X98765432'[sum % 11];
}

export function creditCode(serial: number): string {
  const organisation = `MA${String(serial).padStart(6, '0')}`;
  const value = (letter: string) => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
  const left = 11 - ([...organisation].reduce((total, it, at) => total + value(it) * [3, 7, 9, 10, 5, 8, 4, 2][at]!, 0) % 11);
  const start = `91999999${organisation}${left === 10 ? 'X' : left % 11}`;
  const sum = [...start].reduce((total, it, at) => total + ALPHABET.indexOf(it) * (3 ** at % 31), 0);
  return start + ALPHABET[(31 - (sum % 31)) % 31];
}
