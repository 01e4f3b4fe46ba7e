import { PrinterOutlined } from '@ant-design/icons';
import { App, Button, Drawer, InputNumber } from 'antd';
import { useState } from 'react';
import { downloadHref, post, type PassView, type PersonFile } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { StateTag, type Tone } from '../parts/StateTag';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';

const TONES: Record<PassView['state'], Tone> = { active: 'good', suspended: 'waits', revoked: 'bad' };
type Act = 'hold' | 'revoke';

/** Her passes: printed here for who has no phone, held back, taken back. */
export function PassesDialog({ file, onClose }: { file: PersonFile; onClose: () => void }) {
  const t = useDesk();
  const [asking, setAsking] = useState<{ act: Act; pass: PassView } | null>(null);
  const passes = useGet('/people/{id}/passes', { path: { id: file.id }, query: { limit: 50 } });
  return (
    <Drawer open title={t.passes.title(file.masked_name)} onClose={onClose} size={520}>
      <p>{t.passes.lead}</p>
      <Print file={file} />
      {passes.error ? <ErrorState error={passes.error} retry={() => void passes.refetch()} /> : null}
      {passes.isPending ? <LoadingState /> : null}
      {passes.data?.items.length === 0 ? <EmptyState title={t.passes.none} text={t.passes.noneHint} /> : null}
      <ul className="consents">{passes.data?.items.map((it) => <PassRow key={it.id} pass={it} onAsk={(act) => setAsking({ act, pass: it })} />)}</ul>
      {asking ? <Ask act={asking.act} pass={asking.pass} onClose={() => setAsking(null)} /> : null}
    </Drawer>
  );
}

function Print({ file }: { file: PersonFile }) {
  const t = useDesk();
  const { message } = App.useApp();
  const [days, setDays] = useState<number | null>(7);
  const { submit, pending, error } = useSubmit<number, PassView>(
    (it, idempotencyKey) => post('/people/{id}/passes', { path: { id: file.id }, body: { days: it }, idempotencyKey }),
    { invalidates: ['people', 'accesses'], onDone: () => void message.success(t.passes.issued) },
  );
  return (
    <>
      {error?.code === 'state' ? <p className="grave-text">{t.passes.why[error.params.why as keyof typeof t.passes.why] ?? t.passes.why.not_allowed}</p> : <ErrorAlert error={error} />}
      <div className="consent-acts">
        <label className="pass-days">{t.passes.days}{t.gap}<InputNumber aria-label={t.passes.days} min={1} max={7} precision={0} value={days} onChange={setDays} /></label>
        <Button type="primary" loading={pending} disabled={days === null} onClick={() => void submit(days ?? 7)}>{t.passes.issue}</Button>
      </div>
    </>
  );
}

function PassRow({ pass, onAsk }: { pass: PassView; onAsk: (act: Act) => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const { submit, pending } = useSubmit<null, PassView>((_, idempotencyKey) => post('/passes/{id}/release', { path: { id: pass.id }, idempotencyKey }), { invalidates: ['people', 'accesses'] });
  const over = pass.expired || pass.state === 'revoked';
  const by = pass.revoked_by ?? pass.held_by ?? pass.issued_by;
  return (
    <li>
      <div><b>{words.passKind[pass.kind]}</b> <StateTag tone={pass.expired ? 'plain' : TONES[pass.state]}>{pass.expired ? t.passes.expired : words.passState[pass.state]}</StateTag></div>
      <div className="muted">{t.passes.between(dayTime(pass.issued_at, lang), dayTime(pass.expires_at, lang))}{by ? `${t.gap}${by}` : ''}</div>
      {over ? (pass.held_by && pass.state !== 'revoked' ? <div className="consent-acts"><Button size="small" loading={pending} onClick={() => void submit(null)}>{t.passes.release}</Button></div> : null) : (
        <div className="consent-acts">
          {pass.kind === 'paper' ? <Button size="small" icon={<PrinterOutlined />} href={downloadHref('/passes/{id}/paper', { path: { id: pass.id }, query: { lang } })}>{t.passes.print}</Button> : null}
          {pass.held_by ? <Button size="small" loading={pending} onClick={() => void submit(null)}>{t.passes.release}</Button> : <Button size="small" onClick={() => onAsk('hold')}>{t.passes.hold}</Button>}
          <Button size="small" danger onClick={() => onAsk('revoke')}>{t.passes.revoke}</Button>
        </div>
      )}
    </li>
  );
}

function Ask({ act, pass, onClose }: { act: Act; pass: PassView; onClose: () => void }) {
  const t = useDesk();
  return (
    <GraveDialog<PassView>
      title={t.passes[act]} consequence={act === 'hold' ? t.passes.holdConsequence : t.passes.revokeConsequence} confirmText={t.passes[act]} danger={act === 'revoke'} invalidates={['people', 'accesses']} onClose={onClose} onDone={onClose}
      send={(reason, idempotencyKey) => post(act === 'hold' ? '/passes/{id}/hold' : '/passes/{id}/revoke', { path: { id: pass.id }, body: { reason }, idempotencyKey })}
    />
  );
}
