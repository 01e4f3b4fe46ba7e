// zlib (RFC 1950) by the browser's own decompressor, with a limit it does not have.
import type { Bytes } from '../../shared/bytes';

/** What is inside, if `packed` is exactly one whole stream of at most `maxBytes`. */
export async function inflate(packed: Bytes, maxBytes: number): Promise<Bytes | null> {
  const bytes = await inflated(packed, maxBytes);
  // Not every engine refuses bytes after the end; a stream that is whole without its last byte has some.
  return bytes && (await inflated(packed.subarray(0, -1), maxBytes)) === null ? bytes : null;
}

async function inflated(packed: Bytes, maxBytes: number): Promise<Bytes | null> {
  const chunks: Bytes[] = [];
  let size = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (maxBytes < size) {
        reader.cancel().catch(() => undefined);
        return null;
      }
      chunks.push(new Uint8Array(read.value));
    }
  } catch {
    return null;
  }
  return joined(chunks, size);
}

function joined(chunks: Bytes[], size: number): Bytes {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
