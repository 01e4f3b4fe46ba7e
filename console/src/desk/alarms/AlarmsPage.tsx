import { App, Tabs } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { post, type AlarmView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago, dayTime, number } from '../../shared/format';
import { getKey, useCount, useList, useSubmit } from '../data';
import type { Column } from '../parts/DataTable';
import { FilterSelect, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { GatePicker, SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { usePhone } from '../parts/useMedia';
import { useNow } from '../parts/useNow';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { AcknowledgeMany } from './AcknowledgeMany';
import { AlarmPanel } from './AlarmPanel';
import { AlarmStateTag, SeverityMark } from './AlarmTags';
import { useQueryClient } from '@tanstack/react-query';

const TABS = ['open', 'raised', 'acknowledged', 'handling', 'closed'] as const;

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const phone = usePhone();
  const now = useNow(15_000);
  const filters = useFilters(['state', 'kind', 'severity', 'site_id', 'gate_id'], ['state']);
  const { values, set } = filters;
  const query = { ...values, state: values.state ?? 'open' };
  useAlarmKeys(query, filters.open, filters.setOpen);

  const columns: Column<AlarmView>[] = [
    { key: 'kind', title: t.alarms.kind, render: (it) => <span className="with-mark"><SeverityMark severity={it.severity} /><TwoLines first={<Link to={filters.href(it.id)}>{words.alarmKind[it.kind]}</Link>} second={it.count > 1 ? `${words.severity[it.severity]}${t.gap}${t.alarms.times(number(it.count, lang))}` : words.severity[it.severity]} /></span> },
    { key: 'where', title: t.alarms.where, render: (it) => <TwoLines first={it.site_name ?? '—'} second={it.gate_name} /> },
    { key: 'state', title: t.alarms.state, width: 150, render: (it) => <TwoLines first={<AlarmStateTag state={it.state} />} second={it.acknowledged_by ?? words.alarmLevel[it.level]} /> },
    { key: 'raised', title: t.alarms.raised, width: 140, render: (it) => <TwoLines first={<span className={it.state === 'raised' ? 'bad' : ''}>{ago(it.first_raised_at, lang, now)}</span>} second={dayTime(it.first_raised_at, lang, now)} /> },
    { key: 'last', title: t.alarms.last, width: 120, render: (it) => ago(it.last_raised_at, lang, now) },
  ];
  return (
    <ListPage
      path="/alarms" title={t.alarms.title} countWords={t.alarms.count} filters={filters} query={query} columns={columns} rowId={(it) => it.id}
      tabs={<StateTabs value={query.state} onChange={(state) => set({ state: state === 'open' ? undefined : state })} />}
      controls={
        <>
          <FilterSelect label={t.alarms.kind} value={values.kind} options={optionsOf(words.alarmKind)} onChange={(kind) => set({ kind })} />
          <FilterSelect label={t.alarms.severity} value={values.severity} options={optionsOf(words.severity)} onChange={(severity) => set({ severity })} />
          <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
          <GatePicker chip label={t.common.gate} value={values.gate_id} siteId={values.site_id} onChange={(gate_id) => set({ gate_id })} />
          {phone ? null : <small className="keys">{t.alarms.keys}</small>}
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title with-mark" to={filters.href(it.id)}><SeverityMark severity={it.severity} />{words.alarmKind[it.kind]}</Link>
          <div className="card-line"><span>{[it.site_name, it.gate_name].filter(Boolean).join(t.gap)}</span><AlarmStateTag state={it.state} /></div>
          <div className="card-line"><span>{ago(it.first_raised_at, lang, now)}</span>{it.count > 1 ? <span>{t.alarms.times(number(it.count, lang))}</span> : null}</div>
        </>
      )}
      bulk={(alarms, clear) => <AcknowledgeMany alarms={alarms} clear={clear} />}
      empty={<EmptyState title={t.alarms.none} text={t.alarms.noneHint} />}
      panel={filters.open ? { label: t.alarms.detail, content: <AlarmPanel key={filters.open} id={filters.open} /> } : null}
    />
  );
}

function StateTabs({ value, onChange }: { value: string; onChange: (state: string) => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const counts = { open: useCount('/alarms', { state: 'open' }), raised: useCount('/alarms', { state: 'raised' }), acknowledged: useCount('/alarms', { state: 'acknowledged' }), handling: useCount('/alarms', { state: 'handling' }), closed: useCount('/alarms', { state: 'closed' }) };
  return (
    <Tabs
      className="view-tabs" activeKey={value} onChange={onChange}
      items={TABS.map((key) => ({ key, label: <>{t.alarms.tabs[key]}<em className={key === 'raised' && counts.raised ? 'red' : ''}>{counts[key] === null ? '' : number(counts[key], lang)}</em></> }))}
    />
  );
}

/** j and k move, a acknowledges: an alarm desk is worked from the keyboard. */
function useAlarmKeys(query: { state: string }, open: string | null, setOpen: (id: string | null) => void): void {
  const t = useDesk();
  const can = useCan();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { items } = useList('/alarms', query);
  const acknowledge = useSubmit<string, unknown>((id, idempotencyKey) => post('/alarms/{id}/acknowledge', { path: { id }, idempotencyKey }), {
    invalidates: ['alarms', 'overview'],
    onDone: (file, id) => {
      client.setQueryData(getKey('/alarms/{id}', { path: { id } }), file);
      void message.success(t.alarms.acknowledged);
    },
  });
  const act = useRef<(key: string) => void>(() => undefined);
  useEffect(() => {
    act.current = (key) => {
      const at = items.findIndex((it) => it.id === open);
      const target = key === 'j' ? items[at + 1] : key === 'k' ? items[at < 0 ? 0 : at - 1] : undefined;
      if (target) setOpen(target.id);
      const current = items[at];
      if (key === 'a' && current?.state === 'raised' && can('handle_alarms') && !acknowledge.pending) void acknowledge.submit(current.id);
    };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest('input,textarea,select,[contenteditable],.ant-modal,.ant-drawer-body form')) return;
      if (['j', 'k', 'a'].includes(event.key)) act.current(event.key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
