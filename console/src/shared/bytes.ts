// Bytes and the texts they are written as on the wire.
export type Bytes = Uint8Array<ArrayBuffer>;

export function fromBase64Url(text: string): Bytes | null {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (it) => it.charCodeAt(0));
  } catch {
    return null;
  }
}

export function hex(bytes: Bytes): string {
  return [...bytes].map((it) => it.toString(16).padStart(2, '0')).join('');
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Nothing for what is no base 64. */
export function fromBase64(text: string): Bytes | null {
  return fromBase64Url(text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'));
}
