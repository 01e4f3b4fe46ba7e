// RFC 6238 with the usual 30 s, SHA-1 and 6 digits, so that a journey signs in as a person with a phone does.
import { createHmac } from 'node:crypto';

const stepMs = 30_000;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const stepAt = (ms: number) => Math.floor(ms / stepMs);

export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

const lastStep = new Map<string, number>();

/**
 * A code that this secret has not given yet: servers refuse a step twice. The next step is taken early, which the
 * usual tolerance of one step allows; after that we wait for time to catch up.
 */
export async function freshCode(secret: string): Promise<string> {
  const step = Math.max((lastStep.get(secret) ?? 0) + 1, stepAt(Date.now()));
  const earliest = (step - 1) * stepMs;
  if (Date.now() < earliest) await new Promise((done) => setTimeout(done, earliest - Date.now() + 200));
  lastStep.set(secret, step);
  return totp(secret, step);
}

function base32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text.toUpperCase().replace(/[=\s-]/g, '')) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) throw new Error('not base 32');
    value = ((value << 5) | digit) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes);
}
