import type { ImportJob } from '../../api';
import type { CsvFile } from '../parts/csvFile';
import type { Tone } from '../parts/cells';

export const JOB_TONE: Record<ImportJob['state'], Tone> = { queued: 'plain', running: 'accent', done: 'accent', failed: 'deny', cancelled: 'hold' };

export function isRunning(job: ImportJob): boolean {
  return job.state === 'queued' || job.state === 'running';
}

// The file of a dry run, so that the real run need not ask for it again. In memory only: it holds people's identities.
const files = new Map<string, CsvFile>();

export function keepFile(jobId: string, file: CsvFile): void {
  files.clear();
  files.set(jobId, file);
}

export function findFile(jobId: string): CsvFile | null {
  return files.get(jobId) ?? null;
}
