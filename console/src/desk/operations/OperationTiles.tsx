import type { ReactNode } from 'react';
import { useLang } from '../../i18n/LangProvider';
import { ago, bytes, fullTime, number, offset } from '../../shared/format';
import { useGet } from '../data';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { useDesk } from '../strings';
import '../overview/overview.css';

const DAY_MS = 86_400_000;

/** Whether the machine is well, in one strip. */
export function OperationTiles() {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const { data, error, refetch } = useGet('/operations', {}, { refetchInterval: 10_000 });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const diskLow = data.disk_free_bytes < data.disk_total_bytes * 0.1;
  const keyOld = now - Date.parse(data.wrapping_key_rotated_at) > DAY_MS;
  const clockBad = Math.abs(data.clock_offset_ms) > 1000;
  const count = (value: number) => number(value, lang);
  const tiles: { label: string; value: ReactNode; second: ReactNode; bad?: boolean }[] = [
    { label: t.operations.journal, value: count(data.journal_pending), second: t.operations.refreshed },
    { label: t.operations.unparseable, value: count(data.journal_unparseable), second: null, bad: data.journal_unparseable > 0 },
    { label: t.operations.outbox, value: count(data.outbox_unpublished), second: null },
    { label: t.operations.jobsFailed, value: count(data.jobs_failed.length), second: null, bad: data.jobs_failed.length > 0 },
    { label: t.operations.disk, value: bytes(data.disk_free_bytes, lang), second: diskLow ? t.operations.diskLow : t.operations.diskOf(bytes(data.disk_free_bytes, lang), bytes(data.disk_total_bytes, lang)), bad: diskLow },
    { label: t.operations.clock, value: offset(data.clock_offset_ms), second: null, bad: clockBad },
    { label: t.operations.key, value: data.wrapping_key_epoch, second: keyOld ? t.operations.keyOld : t.operations.keyText(data.wrapping_key_epoch, ago(data.wrapping_key_rotated_at, lang, now)), bad: keyOld },
    { label: t.operations.version, value: data.version, second: `${data.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}${t.gap}${t.operations.started} ${fullTime(data.started_at)}` },
  ];
  return (
    <dl className="op-tiles">
      {tiles.map((tile) => <div key={tile.label}><dt>{tile.label}</dt><dd className={tile.bad ? 'warn' : ''}>{tile.value}{tile.second ? <small>{tile.second}</small> : null}</dd></div>)}
    </dl>
  );
}
