import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { post, put, type PlanFigures, type ShiftPlanFile, type TeamStart } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDebounced } from '../parts/useDebounced';
import { useDesk } from '../strings';
import { Bars } from './Bars';
import { Figures } from './Figures';
import { moved, movedCount } from './model';
import { Queues } from './Queues';

/** The hours of each team as bars that can be moved, and what they come to. */
export function Result({ id, file, editable }: { id: string; file: ShiftPlanFile; editable: boolean }) {
  const w = useDesk().shiftPlan;
  const [starts, setStarts] = useState<TeamStart[]>(file.starts);
  const changed = movedCount(file.starts, starts);
  const tried = useTried(id, file, starts, changed > 0);
  const save = useSubmit<{ starts: TeamStart[]; from_revision: number }, ShiftPlanFile>(
    (body, idempotencyKey) => put('/sites/{id}/shift-plan/starts', { path: { id }, body, idempotencyKey }), { invalidates: ['sites'] },
  );
  if (file.starts.length === 0) return <section><h2>{w.result}</h2><p className="muted">{w.noResult}</p></section>;
  const figures = (changed > 0 ? tried : null) ?? file.figures;
  return (
    <section className="shift-result">
      <h2>{w.result}{file.by_hand ? <small>{w.byHand}</small> : null}</h2>
      <Proof file={file} />
      <Bars file={file} starts={starts} editable={editable} onMove={(team, by) => setStarts((now) => moved(now, team, by))} onDrag={setStarts} />
      {changed > 0 ? (
        <div className="shift-acts">
          <span role="status">{w.changed(changed)}</span>
          <Button type="primary" loading={save.pending} onClick={() => void save.submit({ starts, from_revision: file.revision })}>{w.keepStarts}</Button>
          <Button onClick={() => setStarts(file.starts)}>{w.dropStarts}</Button>
        </div>
      ) : null}
      <ErrorAlert error={save.error} />
      {figures && file.at_eight ? <><Queues planned={figures} eight={file.at_eight} slot={file.plan.slot_minutes} /><Figures planned={figures} eight={file.at_eight} /></> : null}
    </section>
  );
}

/** What moved starts would come to, asked a moment after the last move. */
function useTried(id: string, file: ShiftPlanFile, starts: TeamStart[], wanted: boolean): PlanFigures | null {
  const [tried, setTried] = useState<PlanFigures | null>(null);
  const settled = useDebounced(starts, 250);
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const body = { starts: settled, from_revision: file.revision };
    post('/sites/{id}/shift-plan/tries', { path: { id }, body }).then((it) => { if (current) setTried(it); }, () => undefined);
    return () => { current = false; };
  }, [id, file.revision, settled, wanted]);
  return tried;
}

function Proof({ file }: { file: ShiftPlanFile }) {
  const w = useDesk().shiftPlan;
  const { lang } = useLang();
  const it = file.outcome;
  if (!it || file.state !== 'solved' || file.by_hand) return null;
  const found = number(Math.round(it.pair_minutes), lang);
  return <p className="muted">{it.proved ? w.proved : w.bound(number(Math.floor(it.bound), lang), found)}{it.cut_off && !it.proved ? ` ${w.cutOff}` : ''} {w.took(it.seconds.toFixed(1))}</p>;
}
