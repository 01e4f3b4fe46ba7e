import { PlusOutlined } from '@ant-design/icons';
import { App, Button, DatePicker, Form, Input, InputNumber } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { post, type CoachBrief, type CoachFile, type CoachNew } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime, number } from '../../shared/format';
import { useSubmit } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { ListPage } from '../parts/ListPage';
import { SitePicker } from '../parts/PlacePicker';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { COACH_TONE } from './model';
import { VisitorTabs } from './VisitorTabs';

/** Chartered coaches with their manifests. */
export function Component() {
  const t = useDesk();
  const w = t.visitors.coach;
  const { lang } = useLang();
  const can = useCan();
  const navigate = useNavigate();
  const filters = useFilters(['search', 'site_id', 'state']);
  const [planning, setPlanning] = useState(false);
  const { values, set } = filters;
  const plan = can('announce_visitors') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setPlanning(true)}>{w.add}</Button> : null;
  const tag = (it: CoachBrief) => <StateTag tone={COACH_TONE[it.state]}>{w.state[it.state]}</StateTag>;
  const aboard = (it: CoachBrief) => w.aboard(number(it.aboard, lang), number(it.passengers, lang));
  const columns: Column<CoachBrief>[] = [
    { key: 'plate', title: w.plate, render: (it) => <TwoLines first={<Link to={paths.coach(it.id)}>{it.plate}</Link>} second={it.carrier} /> },
    { key: 'way', title: w.site, render: (it) => <TwoLines first={it.site_name} second={`${w.fromPlace} ${it.from_place}`} /> },
    { key: 'departs', title: w.departs, width: 150, render: (it) => dayTime(it.departs_at, lang) },
    { key: 'aboard', title: w.manifest, width: 170, render: (it) => <TwoLines first={aboard(it)} second={w.fill(number(it.seats_to_fill, lang))} /> },
    { key: 'state', title: t.common.state, width: 130, render: tag },
  ];
  return (
    <>
      <ListPage
        path="/coaches" title={w.title} countWords={w.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.coach(it.id)} actions={plan} tabs={<VisitorTabs here="coaches" />}
        controls={
          <>
            <FilterText label={w.plate} hint={w.search} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={t.common.state} value={values.state} options={optionsOf(w.state)} onChange={(state) => set({ state })} />
            <SitePicker chip label={w.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.coach(it.id)}>{it.plate}{t.gap}{it.site_name}</Link>
            <div className="card-line"><span>{dayTime(it.departs_at, lang)}{t.gap}{aboard(it)}</span>{tag(it)}</div>
          </>
        )}
        empty={<EmptyState title={w.none} text={w.noneHint} action={plan} />}
      />
      {planning ? <CoachForm onClose={() => setPlanning(false)} onSaved={(it) => void navigate(paths.coach(it.id))} /> : null}
    </>
  );
}

interface Typed extends Omit<CoachNew, 'departs_at'> { departs: Dayjs }

function CoachForm({ onClose, onSaved }: { onClose: () => void; onSaved: (saved: CoachFile) => void }) {
  const t = useDesk();
  const w = t.visitors.coach;
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<CoachNew, CoachFile>(
    (body, idempotencyKey) => post('/coaches', { body, idempotencyKey }),
    { invalidates: ['coaches'], onDone: (saved) => { void message.success(w.saved); onSaved(saved); } },
  );
  const needed = (label: string) => [{ required: true, whitespace: true, message: t.form.required(label) }];
  const picked = (label: string) => [{ required: true, message: t.form.pickRequired(label) }];
  return (
    <FormDrawer<Typed> title={w.add} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={{ crew: 2 }} onSubmit={({ departs, ...it }) => void submit({ ...it, departs_at: departs.toISOString() })}>
      <Form.Item name="site_id" label={w.site} rules={picked(w.site)}><SitePicker label={w.site} /></Form.Item>
      <div className="form-row">
        <Form.Item name="plate" label={w.plate} rules={needed(w.plate)}><Input autoComplete="off" maxLength={12} /></Form.Item>
        <Form.Item name="carrier" label={w.carrier} rules={needed(w.carrier)}><Input autoComplete="off" maxLength={60} /></Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="seats" label={w.seats} extra={w.seatsHint} rules={picked(w.seats)}><InputNumber min={2} max={100} precision={0} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="crew" label={w.crew} extra={w.crewHint} rules={picked(w.crew)}><InputNumber min={1} max={6} precision={0} style={{ width: '100%' }} /></Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="from_place" label={w.fromPlace} rules={needed(w.fromPlace)}><Input autoComplete="off" maxLength={60} /></Form.Item>
        <Form.Item name="departs" label={w.departs} rules={picked(w.departs)}><DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} format="YYYY-MM-DD HH:mm" needConfirm={false} style={{ width: '100%' }} /></Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="leader" label={w.leader} rules={needed(w.leader)}><Input autoComplete="off" maxLength={60} /></Form.Item>
        <Form.Item name="phone" label={w.leaderPhone} rules={needed(w.leaderPhone)}><Input autoComplete="off" inputMode="tel" maxLength={20} /></Form.Item>
      </div>
    </FormDrawer>
  );
}
