import { App, Form, Input, Radio } from 'antd';
import { post, type CourseNew, type CourseView } from '../../api';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { AreaPicker, EnterprisePicker } from '../parts/PlacePicker';
import { useRole } from '../session/session';
import { useDesk } from '../strings';
import { FRESH } from './model';

interface Values { title: string; description: string; owner: 'area' | 'enterprise'; area_code?: string; enterprise_id?: string }

/** Whose course it is and its title; a draft, of which everything else is set on its own page. */
export function NewCourse({ onClose, onMade }: { onClose: () => void; onMade: (course: CourseView) => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.training;
  const ofEnterprise = useRole() === 'enterprise';
  const { submit, pending, error } = useSubmit<CourseNew, CourseView>((body, idempotencyKey) => post('/courses', { body, idempotencyKey }), {
    invalidates: ['courses'],
    onDone: (it) => { void message.success(w.created); onMade(it); },
  });
  const send = ({ title, description, owner, area_code, enterprise_id }: Values) => {
    const area = owner === 'area';
    void submit({ area_code: area ? (area_code ?? null) : null, enterprise_id: area ? null : (enterprise_id ?? null), course: { ...FRESH, title: title.trim(), description: description.trim() } });
  };
  return (
    <FormDrawer<Values> title={w.newTitle} lead={w.newLead} submitText={w.newSubmit} pending={pending} error={error} onClose={onClose} initial={{ owner: ofEnterprise ? 'enterprise' : 'area' }} onSubmit={send}>
      <Form.Item name="title" label={w.name} rules={[{ required: true, whitespace: true, message: t.form.required(w.name) }, { max: 120, message: t.form.tooLong(120) }]}><Input autoFocus autoComplete="off" /></Form.Item>
      <Form.Item name="description" label={w.description} extra={w.descriptionHint} rules={[{ required: true, whitespace: true, message: t.form.required(w.description) }, { max: 1000, message: t.form.tooLong(1000) }]}><Input.TextArea rows={4} /></Form.Item>
      <Form.Item name="owner" label={w.ofWhom} hidden={ofEnterprise}><Radio.Group options={[{ value: 'area', label: w.ofArea }, { value: 'enterprise', label: w.ofEnterprise }]} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.owner !== after.owner}>
        {({ getFieldValue }) => (getFieldValue('owner') === 'area' ? (
          <Form.Item name="area_code" label={t.common.area} rules={[{ required: true, message: t.form.pickRequired(t.common.area) }]}><AreaPicker label={t.common.area} /></Form.Item>
        ) : (
          <Form.Item name="enterprise_id" label={t.common.enterprise} rules={[{ required: true, message: t.form.pickRequired(t.common.enterprise) }]}><EnterprisePicker label={t.common.enterprise} /></Form.Item>
        ))}
      </Form.Item>
    </FormDrawer>
  );
}
