// Base45 (RFC 9285), the text of a QR code in its alphanumeric mode. Strict: what two readers could take differently is nothing.
import type { Bytes } from './bytes';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** The bytes that the text stands for, or null. */
export function fromBase45(text: string): Bytes | null {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    const digits = [...group].map((it) => ALPHABET.indexOf(it));
    if (digits.length < 2 || digits.includes(-1)) return null;
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isPair = digits.length === 3;
    if ((isPair ? 0xffff : 0xff) < value) return null;
    if (isPair) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return new Uint8Array(bytes);
}

/** The text that stands for the bytes. */
export function toBase45(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    const isPair = second !== undefined;
    const value = isPair ? first * 256 + second : first;
    const digits = [value % 45, Math.floor(value / 45) % 45, Math.floor(value / 2025)].slice(0, isPair ? 3 : 2);
    text += digits.map((it) => ALPHABET[it]).join('');
  }
  return text;
}
