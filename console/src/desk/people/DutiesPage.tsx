import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post, type Duty, type Missing, type Reminded } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { GraveDialog } from '../parts/GraveDialog';
import { ListPage } from '../parts/ListPage';
import { SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

const DUTIES: Duty[] = ['declaration', 'temperature'];

/** Who has not declared today, and who lacks the temperature of this half day. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const { message } = App.useApp();
  const filters = useFilters(['duty', 'site_id']);
  const [asking, setAsking] = useState(false);
  const { values, set } = filters;
  const duty = DUTIES.find((it) => it === values.duty) ?? 'declaration';
  const last = (at: string | null) => (at ? dayTime(at, lang) : <span className="muted">{t.duties.never}</span>);
  const columns: Column<Missing>[] = [
    { key: 'name', title: t.people.name, render: (it) => <TwoLines first={<Link to={paths.person(it.person_id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'no', title: t.personNew.employeeNo, width: 120, render: (it) => <code>{it.employee_no}</code> },
    { key: 'site', title: t.people.site, render: (it) => <TwoLines first={it.site_name} second={it.team ?? t.people.noTeam} /> },
    ...(duty === 'temperature' ? [{ key: 'occupation', title: t.duties.occupation, width: 130, render: (it: Missing) => (it.occupation ? words.occupation[it.occupation] : '—') }] : []),
    { key: 'declared', title: t.duties.declared, width: 140, render: (it) => last(it.declared_at) },
    { key: 'reminded', title: t.duties.reminded, width: 140, render: (it) => last(it.reminded_at) },
  ];
  return (
    <>
      <ListPage
        path="/duties" title={t.duties.title} countWords={t.duties.count} filters={filters} query={{ duty, site_id: values.site_id }} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.person(it.person_id)}
        actions={can('attest') ? <Button type="primary" onClick={() => setAsking(true)}>{t.duties.remind}</Button> : null}
        controls={
          <>
            <Segmented aria-label={t.duties.which} value={duty} options={DUTIES.map((it) => ({ value: it, label: t.duties.name[it] }))} onChange={(it) => set({ duty: it })} />
            <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.person(it.person_id)}>{it.masked_name}{t.gap}{it.employee_no}</Link>
            <div className="card-line"><span>{it.site_name}{t.gap}{it.team ?? t.people.noTeam}</span><span>{it.occupation ? words.occupation[it.occupation] : null}</span></div>
            <div className="card-line"><span>{t.duties.declared}{t.gap}{last(it.declared_at)}</span></div>
          </>
        )}
        empty={<EmptyState title={t.duties.none[duty]} text={t.duties.noneHint} />}
      />
      {asking ? (
        <GraveDialog<Reminded>
          title={t.duties.remindTitle(t.duties.name[duty])} consequence={t.duties.remindConsequence} confirmText={t.duties.remind} danger={false} needsReason={false} invalidates={['duties']}
          send={(_, idempotencyKey) => post('/duties/reminders', { body: { duty, site_id: values.site_id ?? null }, idempotencyKey })} onClose={() => setAsking(false)}
          onDone={(it) => { void message.success(t.duties.sent(number(it.sent, lang), number(it.before, lang), it.left)); setAsking(false); }}
        />
      ) : null}
    </>
  );
}
