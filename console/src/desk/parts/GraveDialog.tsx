import { ExclamationCircleFilled } from '@ant-design/icons';
import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useSubmit } from '../data';
import { useDesk } from '../strings';
import { ErrorAlert } from './ErrorAlert';
import { useFieldErrors } from './useApiForm';

interface Props<Answer> {
  title: string;
  /** What will happen, to whom, from when. */
  consequence: ReactNode;
  confirmText: string;
  /** The word to type before a deed that cannot be undone. */
  typeToConfirm?: string;
  needsReason?: boolean;
  /** As many characters as the server takes; more than a line only where it takes prose. */
  maxReason?: number;
  reasonLabel?: string;
  danger?: boolean;
  send: (reason: string, idempotencyKey: string) => Promise<Answer>;
  invalidates: string[];
  onDone: (answer: Answer) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A grave act: says what will happen, asks for the reason, and only then offers the button. */
export function GraveDialog<Answer>({ needsReason = true, maxReason = 120, danger = true, ...props }: Props<Answer>) {
  const t = useDesk();
  const [form] = Form.useForm<{ reason?: string; typed?: string }>();
  const { submit, pending, error } = useSubmit<string, Answer>(props.send, { invalidates: props.invalidates, onDone: props.onDone });
  const general = useFieldErrors(form, error);
  return (
    <Modal
      open onCancel={props.onClose} onOk={() => form.submit()} okText={props.confirmText} cancelText={t.actions.cancel}
      okButtonProps={{ danger, loading: pending }} destroyOnHidden
      title={<span className="grave-title"><ExclamationCircleFilled aria-hidden style={{ color: danger ? 'var(--deny)' : 'var(--recheck-icon)' }} /> {props.title}</span>}
    >
      <div className="grave-text">{props.consequence}</div>
      <ErrorAlert error={general} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values: { reason?: string }) => void submit(maxReason > 120 ? (values.reason?.trim() ?? '') : (values.reason?.trim().replaceAll(/\s*\n\s*/g, ' ') ?? ''))}>
        {props.children}
        {needsReason ? (
          <Form.Item name="reason" label={props.reasonLabel ?? t.form.reason} rules={[{ required: true, whitespace: true, message: t.form.reasonRule }, { max: maxReason, message: t.form.tooLong(maxReason) }]}>
            <Input.TextArea rows={3} autoFocus />
          </Form.Item>
        ) : null}
        {props.typeToConfirm ? (
          <Form.Item
            name="typed" label={t.form.typeToConfirm(props.typeToConfirm)}
            rules={[{ validator: (_, value: string | undefined) => (value === props.typeToConfirm ? Promise.resolve() : Promise.reject(new Error(t.form.typeDiffers))) }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
