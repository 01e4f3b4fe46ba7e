import type { ImportJob, ImportLayout, ImportTable } from '../../api';
import type { Tone } from '../parts/cells';

type State = ImportJob['state'];

export const JOB_TONE: Record<State, Tone> = {
  uploading: 'plain', reading: 'plain', ready: 'hold', checking: 'accent', checked: 'hold', landing: 'accent', done: 'accent', failed: 'deny', cancelled: 'hold',
};

const RUNNING: ReadonlySet<State> = new Set<State>(['uploading', 'reading', 'checking', 'landing']);

/** The server is at it: the page asks again. */
export function isRunning(job: ImportJob): boolean {
  return RUNNING.has(job.state);
}

/** It may still be stopped. */
export function isOpen(job: ImportJob): boolean {
  return isRunning(job) || job.state === 'ready' || job.state === 'checked';
}

/** The layout as the table shows it. */
export function layoutOf(table: ImportTable): ImportLayout {
  const columns = table.columns.flatMap((it) => (it.position === null || it.position === undefined ? [] : [[it.name, it.position] as const]));
  return { sheet: table.sheet, line: table.line, columns: Object.fromEntries(columns) };
}

export interface LayoutFaults {
  /** Needed columns that are not chosen. */
  lacking: string[];
  /** The place of a column of the file that is chosen twice. */
  twice: number | null;
  /** Places of the file's columns that nothing is read from. */
  unread: number[];
}

export function faultsOf(table: ImportTable, layout: ImportLayout): LayoutFaults {
  const places = Object.values(layout.columns);
  const twice = places.find((it, index) => places.indexOf(it) !== index) ?? null;
  return {
    lacking: table.columns.filter((it) => it.needed && !(it.name in layout.columns)).map((it) => it.name),
    twice,
    unread: table.headings.map((it) => it.position).filter((it) => !places.includes(it)),
  };
}

/** The layout with a column read from another place, or from none. */
export function withColumn(layout: ImportLayout, name: string, position: number | null): ImportLayout {
  const { [name]: _, ...rest } = layout.columns;
  return { ...layout, columns: position === null ? rest : { ...rest, [name]: position } };
}
