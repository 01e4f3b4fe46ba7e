import { App, Form, Input, InputNumber, Modal } from 'antd';
import { get, post, type AlarmFile, type AlarmStepNew, type AlarmView } from '../../api';
import { useCommon } from '../../i18n/LangProvider';
import { useSubmit } from '../data';
import { Choice } from '../parts/Choice';
import { ErrorAlert } from '../parts/ErrorAlert';
import { useFieldErrors } from '../parts/useApiForm';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

interface Props { alarm: AlarmView; onClose: () => void; onDone: (file: AlarmFile) => void }

const FOR_PERSONS: AlarmStepNew['kind'][] = ['recheck', 'isolate', 'disinfect', 'hospital', 'clinical_reading', 'note'];

export function StepForm({ alarm, onClose, onDone }: Props) {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ kind: AlarmStepNew['kind']; note?: string; temperature_c?: number }>();
  const kind = Form.useWatch('kind', form) as AlarmStepNew['kind'] | undefined;
  const aboutPerson = alarm.kind === 'fever_suspected' || alarm.kind === 'stranger' || alarm.kind === 'entered_against_verdict';
  const kinds = (aboutPerson ? FOR_PERSONS : (['note'] as const)).filter((it) => it !== 'clinical_reading' || can('record_screening') || can('confirm_clinical'));
  const { submit, pending, error } = useSubmit<AlarmStepNew, AlarmFile>((body, idempotencyKey) => record(alarm, body, idempotencyKey), {
    invalidates: ['alarms', 'overview', 'screenings', 'people'],
    onDone: (file) => { void message.success(t.alarms.stepDone); onDone(file); },
  });
  const general = useFieldErrors(form, error);
  return (
    <Modal open onCancel={onClose} onOk={() => form.submit()} title={t.alarms.addStep} okText={t.alarms.stepSubmit} cancelText={t.actions.cancel} confirmLoading={pending} destroyOnHidden>
      <ErrorAlert error={general} />
      <Form
        form={form} layout="vertical" requiredMark={false} initialValues={{ kind: kinds[0] }}
        onFinish={(values) => void submit({ kind: values.kind, note: values.note?.trim() ?? '', temperature_c: values.kind === 'clinical_reading' || values.kind === 'recheck' ? (values.temperature_c ?? null) : null })}
      >
        <Form.Item name="kind" label={t.alarms.stepKind}><Choice<AlarmStepNew['kind']> label={t.alarms.stepKind} options={kinds.map((value) => ({ value, label: words.alarmStep[value] }))} /></Form.Item>
        {kind === 'clinical_reading' || kind === 'recheck' ? (
          <Form.Item name="temperature_c" label={t.alarms.stepTemperature} rules={[{ required: kind === 'clinical_reading', type: 'number', min: 34, max: 43, message: t.screenings.clinicalRule }]}><InputNumber step={0.1} precision={1} style={{ width: 160 }} /></Form.Item>
        ) : null}
        <Form.Item name="note" label={t.alarms.stepNote} rules={[{ required: kind === 'note', whitespace: true, message: t.alarms.stepNoteRule }, { max: 500, message: t.form.tooLong(500) }]}><Input.TextArea rows={3} /></Form.Item>
      </Form>
    </Modal>
  );
}

/** A clinical reading is about the screening, whose verdict it changes; the server writes the alarm's line itself. */
async function record(alarm: AlarmView, body: AlarmStepNew, idempotencyKey: string): Promise<AlarmFile> {
  if (body.kind !== 'clinical_reading' || body.temperature_c === null || alarm.screening_id === null) {
    return post('/alarms/{id}/steps', { path: { id: alarm.id }, body, idempotencyKey });
  }
  const reading = { temperature_c: body.temperature_c, note: body.note };
  await post('/screenings/{id}/clinical-reading', { path: { id: alarm.screening_id }, body: reading, idempotencyKey });
  return get('/alarms/{id}', { path: { id: alarm.id } });
}
