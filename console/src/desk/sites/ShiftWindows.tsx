import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { put, type ShiftWindow } from '../../api';
import { useGet, useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';
import { daysInWords, hoursInWords } from './shiftWords';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export function ShiftWindows({ siteId, editable }: { siteId: string; editable: boolean }) {
  const t = useDesk();
  const [editing, setEditing] = useState(false);
  const { data } = useGet('/sites/{id}/shift-windows', { path: { id: siteId } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.shifts.title} {editable ? <Button type="link" size="small" onClick={() => setEditing(true)}>{t.shifts.edit}</Button> : null}</h3>
      {data.length === 0 ? <p className="muted">{t.shifts.none}</p> : null}
      <ul className="lines">
        {data.map((it) => <li key={it.id ?? it.name}><span>{it.name}{t.gap}{daysInWords(it.days, t.shifts, t.gap)}</span><span>{hoursInWords(it, t.shifts)}</span></li>)}
      </ul>
      {editing ? <ShiftForm siteId={siteId} windows={data} onClose={() => setEditing(false)} /> : null}
    </section>
  );
}

interface Values { windows: ShiftWindow[] }

function ShiftForm({ siteId, windows, onClose }: { siteId: string; windows: ShiftWindow[]; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<ShiftWindow[], ShiftWindow[]>(
    (body, idempotencyKey) => put('/sites/{id}/shift-windows', { path: { id: siteId }, body, idempotencyKey }),
    { invalidates: ['sites'], onDone: () => { void message.success(t.shifts.saved); onClose(); } },
  );
  return (
    <FormDrawer<Values>
      title={t.shifts.edit} lead={t.shifts.lead} submitText={t.shifts.save} pending={pending} error={error} onClose={onClose} initial={{ windows }} size={560}
      onSubmit={(values) => void submit((values.windows ?? []).map((it) => ({ id: it.id ?? null, name: it.name.trim(), days: it.days, start: it.start, end: it.end, teams: null, early_minutes: null })))}
    >
      <Form.List name="windows">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <fieldset key={field.key} className="shift-edit">
                <legend className="sr-only">{t.shifts.title} {field.name + 1}</legend>
                <Form.Item name={[field.name, 'id']} hidden><Input /></Form.Item>
                <div className="shift-row">
                  <Form.Item name={[field.name, 'name']} label={t.shifts.name} rules={[{ required: true, whitespace: true, message: t.shifts.nameRule }]}><Input /></Form.Item>
                  <Form.Item name={[field.name, 'start']} label={t.shifts.start} rules={[{ required: true, message: t.shifts.timeRule }]}><Input type="time" /></Form.Item>
                  <Form.Item
                    name={[field.name, 'end']} label={t.shifts.end}
                    rules={[{ required: true, message: t.shifts.timeRule }, ({ getFieldValue }) => ({
                      validator: (_, end: string | undefined) => (end && end === getFieldValue(['windows', field.name, 'start']) ? Promise.reject(new Error(t.shifts.sameTime)) : Promise.resolve()),
                    })]}
                  ><Input type="time" /></Form.Item>
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t.shifts.remove} onClick={() => remove(field.name)} />
                </div>
                <Form.Item name={[field.name, 'days']} label={t.shifts.days} rules={[{ required: true, type: 'array', min: 1, message: t.shifts.daysRule }]}>
                  <Checkbox.Group options={WEEK.map((value) => ({ value, label: t.shifts.day[value] ?? '' }))} />
                </Form.Item>
              </fieldset>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ id: null, name: '', days: [1, 2, 3, 4, 5], start: '08:00', end: '17:00', teams: null, early_minutes: null })}>{t.shifts.add}</Button>
          </>
        )}
      </Form.List>
    </FormDrawer>
  );
}
