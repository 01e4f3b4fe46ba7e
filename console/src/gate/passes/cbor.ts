// CBOR (RFC 8949) as our own issuer writes it: shortest forms, no indefinite lengths, no key twice, no bytes after the end.
import { decode, Tagged, Tokenizer, Type } from 'cborg';
import type { DecodeOptions } from 'cborg';
import type { Bytes } from '../../shared/bytes';

export type CborMap = ReadonlyMap<unknown, unknown>;

const OPTIONS: DecodeOptions = {
  strict: true,
  allowIndefinite: false,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: { [18]: Tagged.decoder(18) },
};

/** In JavaScript 1.0 is 1, and text that is not UTF-8 becomes text with U+FFFD: neither is what was signed. */
class ExactTokenizer extends Tokenizer {
  override next() {
    const token = super.next();
    const isMended = typeof token.value === 'string' && token.value.includes('\ufffd');
    if (isMended || Type.equals(token.type, Type.float)) throw new Error('a float, or text that is not UTF-8');
    return token;
  }
}

/** The one item that `bytes` are, or undefined. */
export function fromCbor(bytes: Bytes): unknown {
  try {
    return decode(bytes, { ...OPTIONS, tokenizer: new ExactTokenizer(bytes, OPTIONS) }) as unknown;
  } catch {
    // Also when arrays are nested deeper than the stack goes.
    return undefined;
  }
}

/** A map whose keys are numbers and texts: others cannot be compared, so one might be there twice. */
export function mapOf(value: unknown): CborMap | null {
  if (!(value instanceof Map)) return null;
  return [...value.keys()].every((it) => typeof it === 'number' || typeof it === 'bigint' || typeof it === 'string') ? value : null;
}

export function bytesOf(value: unknown): Bytes | null {
  return value instanceof Uint8Array ? new Uint8Array(value) : null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function intOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
