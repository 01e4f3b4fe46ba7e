import { App, Button, Checkbox, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { post, type Age, type ConsentDecision, type ConsentOffer, type ConsentView, type GuardianRelation, type PersonFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { optionsOf } from '../parts/FilterControls';
import { FormDrawer } from '../parts/FormDrawer';
import { GraveDialog } from '../parts/GraveDialog';
import { StateTag, type Tone } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';

const TONES: Record<ConsentView['state'], Tone> = { given: 'good', refused: 'plain', withdrawn: 'bad', expired: 'plain', replaced: 'plain' };

/** What she consents to; what she has signed on paper is written down here. */
export function ConsentDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const [recording, setRecording] = useState<ConsentOffer | null>(null);
  const [taking, setTaking] = useState<ConsentView | null>(null);
  const offers = useGet('/people/{id}/consents/offers', { path: { id: file.id }, query: { lang } });
  const receipts = useGet('/people/{id}/consents', { path: { id: file.id }, query: { limit: 100 } });
  if (recording && offers.data) return <RecordForm file={file} offer={recording} age={offers.data.age} onClose={() => setRecording(null)} />;
  return (
    <Drawer open title={t.consents.title(file.masked_name)} onClose={onClose} size={520}>
      <p>{t.consents.lead}</p>
      {offers.error ? <ErrorState error={offers.error} retry={() => void offers.refetch()} /> : null}
      {offers.isPending ? <LoadingState /> : null}
      {offers.data?.offers.length === 0 ? <EmptyState title={t.consents.none} text={t.consents.noneHint} /> : null}
      <ul className="consents">
        {offers.data?.offers.map((it) => (
          <li key={it.purpose}>
            <div><b>{words.consentPurpose[it.purpose]}</b> <StateTag tone={it.standing ? TONES[it.standing.state] : 'waits'}>{it.standing ? words.consentState[it.standing.state] : t.consents.undecided}</StateTag></div>
            <div className="muted">{it.response_name}</div>
            <div className="consent-acts">
              <Button size="small" onClick={() => setRecording(it)}>{t.consents.record}</Button>
              {it.standing?.state === 'given' ? <Button size="small" danger onClick={() => setTaking(it.standing ?? null)}>{t.consents.withdraw}</Button> : null}
            </div>
          </li>
        ))}
      </ul>
      {receipts.error && !offers.error ? <ErrorState error={receipts.error} retry={() => void receipts.refetch()} /> : null}
      {receipts.data && receipts.data.items.length > 0 ? (
        <>
          <h3>{t.consents.receipts}</h3>
          <ul className="consents">{receipts.data.items.map((it) => (
            <li key={it.id}>
              <div>{words.consentPurpose[it.purpose]} <StateTag tone={TONES[it.state]}>{words.consentState[it.state]}</StateTag></div>
              <div className="muted">{dayTime(it.decided_at, lang)}{t.gap}{words.consentChannel[it.channel]}{it.recorded_by ? `${t.gap}${it.recorded_by}` : ''}{it.guardian_name ? `${t.gap}${t.consents.guardian}${t.gap}${it.guardian_name}` : ''}</div>
            </li>
          ))}</ul>
        </>
      ) : null}
      {taking ? <Withdraw file={file} it={taking} onClose={() => setTaking(null)} /> : null}
    </Drawer>
  );
}

function Withdraw({ file, it, onClose }: { file: PersonFile; it: ConsentView; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  return (
    <GraveDialog<ConsentView>
      title={t.consents.withdrawTitle(words.consentPurpose[it.purpose])} consequence={t.consents.withdrawConsequence} confirmText={t.consents.withdraw} needsReason={false} invalidates={['people', 'accesses']} onClose={onClose} onDone={onClose}
      send={(_, idempotencyKey) => post('/people/{id}/consents/{consent_id}/withdraw', { path: { id: file.id, consent_id: it.id }, idempotencyKey })}
    />
  );
}

interface Values { given?: boolean; signed?: boolean; of_age?: boolean; name?: string; relation?: GuardianRelation; phone?: string }

function RecordForm({ file, offer, age, onClose }: { file: PersonFile; offer: ConsentOffer; age: Age; onClose: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { message } = App.useApp();
  const { submit, pending, error } = useSubmit<ConsentDecision, ConsentView>(
    (body, idempotencyKey) => post('/people/{id}/consents', { path: { id: file.id }, body, idempotencyKey }),
    { invalidates: ['people', 'accesses'], onDone: () => { void message.success(t.consents.recorded); onClose(); } },
  );
  const send = (values: Values) => {
    const guardian = values.name?.trim() ? { name: values.name, relation: values.relation ?? 'parent', phone: values.phone ?? '', code: null } : null;
    void submit({ purpose: offer.purpose, given: values.given === true, lang, text_digest: offer.text_digest, of_age: values.of_age === true, guardian });
  };
  const answers = [{ value: true, label: t.consents.given }, { value: false, label: t.consents.refused }];
  const needed = [{ required: true, message: t.form.pickRequired(t.consents.answer) }];
  return (
    <FormDrawer<Values> title={t.consents.recordTitle(words.consentPurpose[offer.purpose])} lead={t.consents.recordLead} submitText={t.consents.record} pending={pending} error={error} onClose={onClose} initial={{ relation: 'parent' }} onSubmit={send}>
      <pre className="consent-text">{offer.text}</pre>
      <Form.Item name="given" label={t.consents.answer} rules={needed}><Select options={answers} /></Form.Item>
      <Form.Item name="signed" valuePropName="checked" rules={[{ validator: (_, value: boolean) => (value ? Promise.resolve() : Promise.reject(new Error(t.consents.signedNeeded))) }]}><Checkbox>{t.consents.signed}</Checkbox></Form.Item>
      {age === 'unknown' ? <Form.Item name="of_age" valuePropName="checked"><Checkbox>{t.consents.ofAge}</Checkbox></Form.Item> : null}
      {age === 'adult' ? null : (
        <>
          <Form.Item name="name" label={t.consents.guardian} extra={t.consents.guardianHint}><Input maxLength={60} autoComplete="off" /></Form.Item>
          <Form.Item name="relation" label={t.consents.relation}><Select options={optionsOf(words.guardianRelation)} /></Form.Item>
          <Form.Item name="phone" label={t.consents.guardianPhone}><Input inputMode="tel" autoComplete="off" /></Form.Item>
        </>
      )}
    </FormDrawer>
  );
}
