import { App, Form, Input } from 'antd';
import { patch, post, type AreaNew, type AreaView } from '../../api';
import { useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { useDesk } from '../strings';

interface Props { parent?: AreaView; area?: AreaView; onClose: () => void; onSaved: (saved: AreaView) => void }

export function AreaForm({ parent, area, onClose, onSaved }: Props) {
  const t = useDesk();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<AreaNew, AreaView>(
    ({ code, name }, idempotencyKey) =>
      area ? patch('/areas/{code}', { path: { code: area.code }, body: { name }, idempotencyKey }) : post('/areas', { body: { code, name }, idempotencyKey }),
    { onDone: (saved) => { void message.success(t.areas.saved(saved.name)); onSaved(saved); } },
  );
  const title = area ? t.areas.rename : parent ? t.areas.addUnder(parent.name) : t.areas.add;
  return (
    <FormDrawer<AreaNew>
      title={title} submitText={t.actions.save} pending={pending} error={error} onClose={onClose} initial={area ?? { code: parent?.code ?? '' }}
      onSubmit={(values) => void submit({ code: values.code.trim(), name: values.name.trim() })}
    >
      <Form.Item name="code" label={t.areas.code} extra={area ? null : t.areas.codeHint} rules={area ? [] : [{ required: true, pattern: /^\s*(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15})\s*$/, message: t.areas.codeRule }]}>
        <Input disabled={Boolean(area)} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <Form.Item name="name" label={t.areas.name} rules={[{ required: true, whitespace: true, message: t.form.required(t.areas.name) }, { max: 60, message: t.form.tooLong(60) }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
    </FormDrawer>
  );
}
