import { VerdictShape } from '../../shared/VerdictShape';
import { clock, number } from '../../shared/format';
import { usePage } from '../context';
import { degrees, reasonText, WORDS } from '../phrases';
import { isLocal } from '../rows';
import type { Row } from '../rows';
import type { BoardState } from '../state';
import { visibleRows } from '../state';
import { leadingReason } from '../verdict';
import type { GateRules, HeadCount } from '../wire';

interface Props {
  state: BoardState;
  serverNow: number;
  onWaiting: (row: Row) => void;
}
const SHOWN_WAITING = 3;

export function SidePanel({ state, serverNow, onWaiting }: Props) {
  return (
    <aside className="g-side">
      <Inside head={state.head_count} />
      <LastTen rows={visibleRows(state)} currentKey={state.current?.key ?? null} />
      <Waiting rows={state.waiting} rules={state.rules} serverNow={serverNow} onWaiting={onWaiting} />
    </aside>
  );
}

function Inside({ head }: { head: HeadCount | null }) {
  const { t, lang } = usePage();
  const share = head && 0 < head.expected ? Math.min(1, head.inside / head.expected) : 0;
  const n = (value: number | undefined) => (value === undefined ? '—' : number(value, lang));
  return (
    <section className="g-inside" aria-label={t.board.inside}>
      <div className="g-inside-line"><span>{t.board.inside}</span><span>{t.board.flow(n(head?.entered), n(head?.left))}</span></div>
      <div className="g-inside-big"><b>{n(head?.inside)}</b><span>{t.board.expected(n(head?.expected))}</span></div>
      <div className="g-bar" aria-hidden="true"><i style={{ width: `${share * 100}%` }} /></div>
    </section>
  );
}

export function LastTen({ rows, currentKey }: { rows: Row[]; currentKey: string | null }) {
  const { t, lang } = usePage();
  return (
    <section className="g-last" aria-label={t.board.lastTen}>
      <h2><span>{t.board.lastTen}</span><span>{t.board.celsius}</span></h2>
      {rows.length === 0 && <p className="g-empty">{t.board.nobodyYet}</p>}
      <ol>
        {rows.map((row) => (
          <li key={row.key} className={row.key === currentKey ? 'g-now' : undefined}>
            <VerdictShape outcome={row.outcome} size={26} className={`g-mark g-mark-${row.outcome}`} />
            <span className="g-name">{row.masked_name ?? '—'}</span>
            <span className={`g-listword g-ink-${row.outcome}`}>
              {WORDS[lang].listWord[row.outcome]}
              {isLocal(row) && <small className="g-tag g-tag-unsent">{t.board.notSent}</small>}
              {!row.live && <small className="g-tag">{t.board.late}</small>}
            </span>
            <span className="g-temp">{degrees(row.temperature_c) ?? '—'}</span>
            <span className="g-time">{clock(row.occurred_at)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface WaitingProps {
  rows: Row[];
  rules: GateRules | null;
  serverNow: number;
  onWaiting: (row: Row) => void;
}

function Waiting({ rows, rules, serverNow, onWaiting }: WaitingProps) {
  const { t } = usePage();
  if (rows.length === 0) return <section className="g-tray g-tray-empty">{t.board.nobodyWaits}</section>;
  // The longest wait first: that is whom the guard has forgotten.
  const byWait = [...rows].sort((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at));
  const more = byWait.length - SHOWN_WAITING;
  return (
    <section className="g-tray" aria-label={t.board.waiting(rows.length)}>
      <h2><b>{t.board.waiting(rows.length)}</b><span>{0 < more ? t.board.more(more) : t.board.othersMayPass}</span></h2>
      <ol>
        {byWait.slice(0, SHOWN_WAITING).map((row) => (
          <li key={row.key}>
            <button type="button" onClick={() => onWaiting(row)}>
              <VerdictShape outcome="hold" size={36} className="g-mark g-mark-hold" />
              <b>{row.masked_name ?? t.person.unknown}</b>
              <span className="g-tray-why"><Why row={row} rules={rules} /></span>
              <span className="g-wait">{duration(serverNow - Date.parse(row.received_at))}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Why({ row, rules }: { row: Row; rules: GateRules | null }) {
  const { t, lang } = usePage();
  const reason = leadingReason(row.outcome, row.reasons, rules);
  if (reason === 'fever_suspected') return <>{degrees(row.temperature_c) ?? ''} {t.board.byClinical}</>;
  return <>{reason ? reasonText(lang, reason, { temperature: degrees(row.temperature_c), byHand: row.byHand }).what : WORDS[lang].noReason.what}</>;
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor((seconds % 3600) / 60))}:${pad(seconds % 60)}`;
  return 0 < hours ? `${hours}:${rest}` : rest;
}
