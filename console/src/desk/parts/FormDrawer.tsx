import { Button, Drawer, Form, type FormInstance } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { ApiError } from '../../api';
import { useDesk } from '../strings';
import { dropDraft, readDraft, saveDraft } from './drafts';
import { ErrorAlert } from './ErrorAlert';
import { useFieldErrors } from './useApiForm';
import { usePhone } from './useMedia';

interface Props<Values extends object> {
  title: string;
  lead?: ReactNode;
  initial: Partial<Values>;
  submitText: string;
  pending: boolean;
  error: ApiError | null;
  onSubmit: (values: Values) => void;
  onClose: () => void;
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
  /** Keeps what was typed on this device until it is submitted. Never for forms about persons. */
  draft?: string;
  size?: number;
  disabled?: boolean;
}

/** Create or change one thing. Refusals appear at their field. */
export function FormDrawer<Values extends object>(props: Props<Values>) {
  const t = useDesk();
  const phone = usePhone();
  const [form] = Form.useForm<Values>();
  const general = useFieldErrors(form, props.error);
  const [restored, setRestored] = useState(false);
  useEffect(() => {
    const draft = props.draft ? readDraft<Values>(props.draft) : null;
    if (!draft) return;
    form.setFieldsValue(draft as never);
    setRestored(true);
  }, [form, props.draft]);
  const discard = () => {
    if (props.draft) dropDraft(props.draft);
    form.resetFields();
    setRestored(false);
  };
  return (
    <Drawer
      open title={props.title} onClose={props.onClose} size={phone ? '100%' : (props.size ?? 480)} destroyOnHidden
      footer={
        <div className="form-foot">
          <Button type="primary" loading={props.pending} disabled={props.disabled} onClick={() => form.submit()}>{props.submitText}</Button>
          <Button onClick={props.onClose}>{t.actions.cancel}</Button>
        </div>
      }
    >
      {props.lead ? <p className="form-lead">{props.lead}</p> : null}
      {restored ? <p className="form-draft" role="status">{t.form.draftRestored} <Button type="link" size="small" onClick={discard}>{t.form.draftDiscard}</Button></p> : null}
      <ErrorAlert error={general} />
      <Form<Values>
        form={form} layout="vertical" initialValues={props.initial} scrollToFirstError={{ focus: true }}
        onFinish={(values) => props.onSubmit(values)}
        onValuesChange={(_, all) => (props.draft ? saveDraft(props.draft, all) : undefined)}
      >
        {typeof props.children === 'function' ? props.children(form) : props.children}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Drawer>
  );
}
