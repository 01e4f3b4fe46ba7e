import { EyeOutlined } from '@ant-design/icons';
import { Button, Form, Input, Popover } from 'antd';
import { useState } from 'react';
import { post, type Purpose, type RevealAsk, type Revealed } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useInvalidate, useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useDesk } from '../strings';
import { REVEAL_PURPOSES, shownFrom, type RevealField, type Shown } from './reveal';

interface Props { personId: string; field: RevealField; label: string; onShown: (shown: Shown) => void }

/** 显示: asks why, shows for five minutes, and the person is told. */
export function RevealButton(props: Props) {
  const t = useDesk();
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" destroyOnHidden content={<RevealForm {...props} onClose={() => setOpen(false)} />}>
      <Button size="small" type={open ? 'primary' : 'default'} icon={<EyeOutlined />} aria-label={t.file.showOf(props.label)} aria-expanded={open}>{t.file.show}</Button>
    </Popover>
  );
}

interface Values { purpose: Purpose; reason: string }

export function RevealForm({ personId, field, label, onShown, onClose }: Props & { onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const invalidate = useInvalidate();
  const { submit, pending, error } = useSubmit<RevealAsk, Revealed>((body, idempotencyKey) => post('/people/{id}/reveal', { path: { id: personId }, body, idempotencyKey }), {
    onDone: (revealed) => {
      const shown = shownFrom(revealed, field, Date.now());
      if (shown) onShown(shown);
      invalidate('accesses');
      onClose();
    },
  });
  return (
    <div className="reveal" role="dialog" aria-label={t.file.why(label)}>
      <h3>{t.file.why(label)}</h3>
      <ErrorAlert error={error} />
      <Form<Values> layout="vertical" requiredMark={false} onFinish={(values) => void submit({ fields: [field], purpose: values.purpose, reason: values.reason.trim() })}>
        <Form.Item name="purpose" rules={[{ required: true, message: t.form.pickRequired(t.file.purpose) }]} style={{ marginBottom: 8 }}>
          <Choice<Purpose> label={t.file.purpose} options={REVEAL_PURPOSES.map((value) => ({ value, label: words.purpose[value] }))} />
        </Form.Item>
        <Form.Item name="reason" label={t.file.reason} rules={[{ required: true, whitespace: true, message: t.form.required(t.file.reason) }, { max: 200, message: t.form.tooLong(200) }]} style={{ marginBottom: 0 }}>
          <Input.TextArea rows={2} placeholder={t.file.reasonHint} />
        </Form.Item>
        <p>{t.file.tell}</p>
        <div className="form-foot">
          <Button type="primary" size="small" htmlType="submit" loading={pending}>{t.file.reveal}</Button>
          <Button size="small" onClick={onClose}>{t.actions.cancel}</Button>
        </div>
      </Form>
    </div>
  );
}
