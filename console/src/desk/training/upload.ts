// Sends a file in parts. After a failure the server is asked how much is there, and it goes on from that.
import { isApiError, type MediaView } from '../../api';

export const PART_BYTES = 1024 * 1024;
export const FILE_MOST = 512 * 1024 * 1024;
/** How long to wait before a part is tried again; after the last one its author decides. */
const WAITS_MS = [500, 2_000, 5_000];

export type Uploading = Pick<MediaView, 'received' | 'byte_count' | 'file_name'> & { state: string };
export interface Doors<It extends Uploading = MediaView> {
  send: (offset: number, part: Blob) => Promise<It>;
  /** What is there of this upload now. */
  ask: () => Promise<It>;
  wait: (ms: number) => Promise<void>;
  onProgress: (now: It) => void;
}

/** Goes on until all of it is there. Throws what it gave up at. */
export async function sendAll<It extends Uploading = MediaView>(file: Blob, begun: It, { send, ask, wait, onProgress }: Doors<It>): Promise<It> {
  let now = begun;
  let failures = 0;
  while (now.state === 'uploading') {
    try {
      now = await send(now.received, file.slice(now.received, now.received + PART_BYTES, 'application/offset+octet-stream'));
      failures = 0;
    } catch (error) {
      const delay = WAITS_MS[failures];
      failures += 1;
      if (!isApiError(error) || delay === undefined || (!error.isUncertain && error.code !== 'upload_offset')) throw error;
      await wait(delay);
      // Not reached again: the next part fails, too, and counts.
      now = await ask().catch(() => now);
    }
    onProgress(now);
  }
  return now;
}

/** An upload that broke off and is of this very file, as far as its name and size say. */
export function interruptedOf<It extends Uploading>(uploads: It[], file: File): It | null {
  return uploads.find((it) => it.state === 'uploading' && it.file_name === file.name && it.byte_count === file.size) ?? null;
}

export function percentOf(it: Pick<MediaView, 'received' | 'byte_count'>): number {
  return it.byte_count > 0 ? Math.floor((it.received / it.byte_count) * 100) : 0;
}

export function kindOf(file: File): 'video' | 'document' | null {
  if (file.type === 'video/mp4' || /\.(mp4|m4v)$/i.test(file.name)) return 'video';
  return file.type === 'application/pdf' || /\.pdf$/i.test(file.name) ? 'document' : null;
}
