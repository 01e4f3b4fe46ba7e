import { PrinterOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type CertificateView, type PersonFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayKey } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { FormDrawer } from '../parts/FormDrawer';
import { GraveDialog } from '../parts/GraveDialog';
import { StateTag, type Tone } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

const TOUCHES = ['people', 'accesses', 'courses'];
const DAY_MS = 86_400_000;
const ROOM_DAYS = 90;
type State = 'holds' | 'expired' | 'revoked';
const TONES: Record<State, Tone> = { holds: 'good', expired: 'plain', revoked: 'bad' };

function stateOf(it: CertificateView): State {
  return it.revoked_at ? 'revoked' : it.holds ? 'holds' : 'expired';
}

/** Her certificates: a training in a room written down, one printed, one taken back. */
export function TrainingDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const w = t.training.person;
  const can = useCan();
  const [recording, setRecording] = useState(false);
  const [revoking, setRevoking] = useState<CertificateView | null>(null);
  const certificates = useGet('/people/{id}/certificates', { path: { id: file.id } });
  if (recording) return <RecordForm file={file} onClose={() => setRecording(false)} />;
  return (
    <Drawer open title={w.title(file.masked_name)} onClose={onClose} size={520}>
      {can('attest') ? <><p>{w.lead}</p><div className="consent-acts"><Button type="primary" onClick={() => setRecording(true)}>{w.record}</Button></div></> : null}
      {certificates.error ? <ErrorState error={certificates.error} retry={() => void certificates.refetch()} /> : null}
      {certificates.isPending ? <LoadingState /> : null}
      {certificates.data?.items.length === 0 ? <EmptyState title={w.none} text={w.noneHint} /> : null}
      <ul className="consents">{certificates.data?.items.map((it) => <Row key={it.id} it={it} onRevoke={can('attest') ? () => setRevoking(it) : null} />)}</ul>
      {revoking ? (
        <GraveDialog<CertificateView>
          title={w.revokeTitle(revoking.title)} consequence={w.revokeConsequence} confirmText={w.revoke} invalidates={TOUCHES} onClose={() => setRevoking(null)} onDone={() => setRevoking(null)}
          send={(reason, idempotencyKey) => post('/certificates/{id}/revoke', { path: { id: revoking.id }, body: { reason }, idempotencyKey })}
        />
      ) : null}
    </Drawer>
  );
}

function Row({ it, onRevoke }: { it: CertificateView; onRevoke: (() => void) | null }) {
  const t = useDesk();
  const w = t.training.person;
  const { lang } = useLang();
  const state = stateOf(it);
  const facts = [w.between(dayKey(it.issued_at), dayKey(it.expires_at)), w.channel[it.channel], it.question_count ? w.score(it.right_count ?? 0, it.question_count) : null, it.revoked_by ?? it.recorded_by];
  return (
    <li>
      <div><b>{it.title}</b> <StateTag tone={TONES[state]}>{w[state]}</StateTag></div>
      <div className="muted">{facts.filter(Boolean).join(t.gap)}</div>
      {state === 'revoked' ? null : (
        <div className="consent-acts">
          <Button size="small" icon={<PrinterOutlined />} href={downloadHref('/certificates/{id}/paper', { path: { id: it.id }, query: { lang } })}>{w.print}</Button>
          {onRevoke ? <Button size="small" danger onClick={onRevoke}>{w.revoke}</Button> : null}
        </div>
      )}
    </li>
  );
}

interface Values { course_id: string; trained_on: string }

function RecordForm({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const w = t.training.person;
  const { message } = App.useApp();
  const courses = useGet('/courses', { query: { state: 'published', sort: 'title', limit: 200 } });
  const { submit, pending, error } = useSubmit<Values, CertificateView>((body, idempotencyKey) => post('/people/{id}/certificates', { path: { id: file.id }, body, idempotencyKey }), {
    invalidates: TOUCHES,
    onDone: () => { void message.success(w.recorded); onClose(); },
  });
  const options = courses.data?.items.map((it) => ({ value: it.id, label: it.title })) ?? [];
  const today = dayKey(Date.now());
  return (
    <FormDrawer<Values> title={w.recordTitle} lead={w.recordLead} submitText={w.record} pending={pending} error={error ?? courses.error} onClose={onClose} initial={{ trained_on: today }} onSubmit={(values) => void submit(values)}>
      <Form.Item name="course_id" label={w.course} rules={[{ required: true, message: t.form.pickRequired(w.course) }]}><Select aria-label={w.course} options={options} loading={courses.isPending} showSearch={{ optionFilterProp: 'label' }} placeholder={t.list.pick} notFoundContent={w.noCourses} /></Form.Item>
      <Form.Item name="trained_on" label={w.on} rules={[{ required: true, message: t.form.required(w.on) }]}><Input type="date" min={dayKey(Date.now() - (ROOM_DAYS - 1) * DAY_MS)} max={today} /></Form.Item>
    </FormDrawer>
  );
}
