// Files of questions and of captions on their way. Pure.

/** Name, size and time tell files apart where their bytes are not looked at: another file is another write. */
export interface Sent { dryRun: boolean; version: number; name: string; size: number; changed: number; file: File }

export const CAPTIONS_MOST = 1024 * 1024;
