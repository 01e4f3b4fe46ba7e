// Files of questions and of captions on their way. Pure.
import type { RefusedFile } from '../../api';
import { fromBase64, type Bytes } from '../../shared/bytes';

/** Name, size and time tell files apart where their bytes are not looked at: another file is another write. */
export interface Sent { dryRun: boolean; version: number; name: string; size: number; changed: number; file: File }

/** The refused rows as the file that they come back as. */
export function bytesOf(file: Pick<RefusedFile, 'content'>): Bytes | null {
  return fromBase64(file.content);
}

export const CAPTIONS_MOST = 1024 * 1024;
