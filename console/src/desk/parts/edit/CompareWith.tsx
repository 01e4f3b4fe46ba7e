import { Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useDesk } from '../../strings';

interface Props { version: number; versions: number[]; against: number | null; onAgainst: (version: number) => void; children: (before: number) => ReactNode }

/** Which version another is compared with, by default the one before it. */
export function CompareWith({ version, versions, against, onAgainst, children }: Props) {
  const t = useDesk();
  const id = useId();
  const w = t.forms;
  const others = versions.filter((it) => it !== version);
  const before = versions.find((it) => it < version);
  const other = against !== null && against !== version ? against : before;
  return (
    <div className="compare">
      {others.length > 0 ? (
        <div className="compare-with">
          <label htmlFor={id}>{w.compareWith}</label>
          <Select id={id} size="small" popupMatchSelectWidth={false} value={other ?? null} placeholder={t.list.pick} options={others.map((value) => ({ value, label: w.version(value) }))} onChange={(next: number | null) => { if (next !== null) onAgainst(next); }} />
        </div>
      ) : null}
      {other === undefined ? <p className="muted">{w.noCompare}</p> : children(other)}
    </div>
  );
}
