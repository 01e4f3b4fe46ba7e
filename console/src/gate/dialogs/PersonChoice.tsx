import { useId } from 'react';
import { VerdictShape } from '../../shared/VerdictShape';
import { clock } from '../../shared/format';
import { usePage } from '../context';
import { WORDS } from '../phrases';
import type { Row } from '../rows';

interface Props {
  label: string;
  rows: Row[];
  value: string;
  onChange: (key: string) => void;
  detail: (row: Row) => string;
}

/** Whom it is about. One person is only named; several are chosen from. */
export function PersonChoice({ label, rows, value, onChange, detail }: Props) {
  const { t, lang } = usePage();
  const name = useId();
  return (
    <fieldset className="g-people">
      <legend>{label}</legend>
      {rows.map((row) => (
        <label key={row.key} className={row.key === value ? 'g-chosen' : undefined}>
          <input type="radio" name={name} value={row.key} checked={row.key === value} onChange={() => onChange(row.key)} />
          <VerdictShape outcome={row.outcome} size={30} className={`g-mark g-mark-${row.outcome}`} />
          <b>{row.masked_name ?? t.person.unknown}</b>
          <span>{[row.team, WORDS[lang].listWord[row.outcome], detail(row)].filter(Boolean).join(t.gap)}</span>
          <time>{clock(row.occurred_at)}</time>
        </label>
      ))}
    </fieldset>
  );
}
