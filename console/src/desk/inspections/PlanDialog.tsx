import { App, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { post, type InspectionPlan, type InspectionView } from '../../api';
import { fromLocalInput, toLocalInput } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDebounced } from '../parts/useDebounced';
import { useDesk } from '../strings';

export interface Values { mode: InspectionPlan['mode']; officer_id?: string; planned_on?: string; starts_at?: string }

/** Who visits, on which day, and how. */
export function PlanDialog({ it, onClose }: { it: InspectionView; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.inspections;
  const initial: Values = { mode: it.mode, officer_id: it.officer_id ?? undefined, planned_on: it.planned_on ?? undefined, starts_at: it.starts_at ? toLocalInput(it.starts_at) : undefined };
  const { submit, pending, error } = useSubmit<Values, InspectionView>((values, idempotencyKey) => post('/inspections/{id}/plan', { path: { id: it.id }, body: planOf(values), idempotencyKey }), {
    invalidates: ['inspections'], onDone: () => { void message.success(w.planned); onClose(); },
  });
  return (
    <FormDrawer<Values> title={w.planTitle(it.enterprise_name)} lead={w.planHint} initial={initial} submitText={w.plan} pending={pending} error={error} onSubmit={(values) => void submit(values)} onClose={onClose}>
      <PlanFields known={it.officer_id && it.officer_name ? { value: it.officer_id, label: it.officer_name } : null} />
    </FormDrawer>
  );
}

export function planOf(values: Values): InspectionPlan {
  return { mode: values.mode, officer_id: values.officer_id ?? null, planned_on: values.planned_on || null, starts_at: values.mode === 'video' && values.starts_at ? fromLocalInput(values.starts_at) : null };
}

export function PlanFields({ known }: { known: { value: string; label: string } | null }) {
  const t = useDesk();
  const w = t.inspections;
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 250);
  const mode = Form.useWatch<Values['mode']>('mode');
  // By name among those that are shown, and by login among all.
  const all = useGet('/inspectors', { query: {} });
  const typed = useGet('/inspectors', { query: { search } }, { keep: true, enabled: search !== '' });
  const found = new Map([...(all.data?.items ?? []), ...(typed.data?.items ?? [])].map((it) => [it.account_id, it.display_name]));
  if (known) found.set(known.value, known.label);
  const byLogin = new Set(search === '' ? [] : typed.data?.items.map((it) => it.account_id));
  const options = [...found].map(([value, label]) => ({ value, label }));
  return (
    <>
      <Form.Item name="mode" label={w.mode}><Radio.Group options={(['on_site', 'video'] as const).map((value) => ({ value, label: w.modes[value] }))} optionType="button" /></Form.Item>
      <Form.Item name="officer_id" label={w.officer}><Select allowClear loading={all.isFetching || typed.isFetching} options={options} showSearch={{ filterOption: (text, it) => (it?.label ?? '').includes(text.trim()) || byLogin.has(it?.value ?? ''), onSearch: setText }} placeholder={w.nobody} /></Form.Item>
      <Form.Item name="planned_on" label={w.day}><Input type="date" /></Form.Item>
      {mode === 'video' ? <Form.Item name="starts_at" label={w.startsAt} rules={[{ required: true, message: t.form.required(w.startsAt) }]}><Input type="datetime-local" /></Form.Item> : null}
    </>
  );
}
