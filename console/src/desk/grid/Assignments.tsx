import { PlusOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type AssignmentView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day, number } from '../../shared/format';
import { useCount, useList } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { StateTag } from '../parts/cells';
import { ErrorState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AssignForm } from './AssignForm';
import './grid.css';

export type AssignmentsOf = { officer_id: string } | { enterprise_id: string } | { premises_id: string };

/** Who answers for this, or what this officer answers for: what is not over. */
export function Assignments({ of, title, readOnly }: { of: AssignmentsOf; title: string; readOnly?: boolean }) {
  const t = useDesk();
  const w = t.grid;
  const { lang } = useLang();
  const can = useCan();
  const [assigning, setAssigning] = useState(false);
  const [ending, setEnding] = useState<AssignmentView | null>(null);
  const now = useList('/assignments', { ...of, state: 'in_force' });
  const later = useList('/assignments', { ...of, state: 'planned' });
  const count = useCount('/assignments', { ...of, state: 'in_force' });
  const rows = [...now.items, ...later.items];
  const editable = can('manage_grid') && !readOnly;
  const named = (it: AssignmentView) => {
    if (!('officer_id' in of)) return can('manage_grid') ? <Link to={paths.officers({ open: it.officer_id })}>{it.officer_name}</Link> : it.officer_name;
    return it.enterprise_id ? <Link to={paths.enterprises({ open: it.enterprise_id })}>{it.target_name}</Link> : <Link to={paths.premises({ open: it.premises_id ?? undefined })}>{it.target_name}</Link>;
  };
  return (
    <section className="panel-sect">
      <h3>
        <span>{title} {count ? <small>{number(count, lang)}</small> : null}</span>
        {editable ? <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setAssigning(true)}>{w.assign}</Button> : null}
      </h3>
      {now.error ? <ErrorState error={now.error} retry={now.retry} /> : null}
      {!now.loading && rows.length === 0 ? <p className="muted">{'officer_id' in of ? w.answersForNone : w.nobody}</p> : null}
      <ul className="lines">
        {rows.map((it) => (
          <li key={it.id}>
            <span>{named(it)}<small className="line-second">{w.kind[it.kind]}{t.gap}{it.until ? w.between(day(it.from, lang), day(it.until, lang)) : w.since(day(it.from, lang))}</small></span>
            <span>
              {it.in_force ? null : <StateTag tone="hold">{w.planned}</StateTag>}
              {editable ? <Button size="small" type="text" aria-label={`${w.end} ${it.target_name} ${it.officer_name}`} onClick={() => setEnding(it)}>{w.end}</Button> : null}
            </span>
          </li>
        ))}
      </ul>
      {now.more ? <Button size="small" loading={now.loadingMore} onClick={now.more}>{t.list.more}</Button> : null}
      {assigning ? <AssignForm of={of} onClose={() => setAssigning(false)} /> : null}
      {ending ? <EndDialog it={ending} onClose={() => setEnding(null)} /> : null}
    </section>
  );
}

function EndDialog({ it, onClose }: { it: AssignmentView; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  return (
    <GraveDialog<AssignmentView>
      title={t.grid.endTitle(it.target_name)} consequence={t.grid.endConsequence(it.officer_name, it.target_name)} confirmText={t.grid.end} needsReason={false}
      invalidates={['assignments', 'officers', 'grid']} onClose={onClose}
      send={(_, idempotencyKey) => post('/assignments/{id}/end', { path: { id: it.id }, idempotencyKey })}
      onDone={() => { void message.success(t.grid.ended); onClose(); }}
    />
  );
}
