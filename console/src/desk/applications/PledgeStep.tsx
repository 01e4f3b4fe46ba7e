import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { post, type ApplicationFile, type ApplicationView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { isSignature, type Strokes } from '../../shared/forms/signature';
import { useInvalidate } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { useDesk } from '../strings';
import { SignaturePad } from './SignaturePad';
import type { Draft } from './useDraft';

/** The pledge, the name, the signature; then it is submitted. */
export function PledgeStep({ file, draft, onBack }: { file: ApplicationFile; draft: Draft; onBack: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const w = t.applications.pledge;
  const id = useId();
  // What is signed is what was shown when this step was opened.
  const [shown, setShown] = useState({ form_version: file.form_version, revision: draft.revision });
  const [signer, setSigner] = useState('');
  const [strokes, setStrokes] = useState<Strokes>([]);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState(false);
  const signed = isSignature(strokes);
  const named = signer.trim() !== '';
  const changed = refused || shown.form_version !== file.form_version || shown.revision !== draft.revision;
  const again = () => {
    setShown({ form_version: file.form_version, revision: draft.revision });
    setStrokes([]);
    setRefused(false);
    onBack();
  };
  const ask = () => {
    setTried(true);
    if (signed && named) setAsking(true);
  };
  const send = async (idempotencyKey: string): Promise<ApplicationView> => {
    try {
      return await post('/applications/{id}/submit', { path: { id: file.application.id }, body: { ...shown, signer: signer.trim(), strokes }, idempotencyKey });
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'form_changed' || code === 'answer_changed') {
        setRefused(true);
        setAsking(false);
        invalidate('applications');
      }
      throw error;
    }
  };
  return (
    <section className="block form-section">
      <h2>{w.title}</h2>
      <p className="form-lead">{w.lead}</p>
      <blockquote className="pledge-text">{file.form.pledge[lang]}</blockquote>
      {changed ? <Alert type="warning" showIcon role="alert" title={w.changed} action={<Button size="small" onClick={again}>{w.reload}</Button>} /> : null}
      <div className="ask">
        <div className="ask-label"><label htmlFor={`${id}-name`}>{w.signer}</label><em className="ask-mark">{t.applications.required}</em></div>
        <Input id={`${id}-name`} value={signer} maxLength={60} autoComplete="name" aria-invalid={tried && !named} status={tried && !named ? 'error' : undefined} onChange={(event) => setSigner(event.target.value)} />
        {tried && !named ? <p className="ask-fault" role="alert">{w.signerRule}</p> : null}
      </div>
      <div className="ask">
        <div className="ask-label"><b>{w.pad}</b><em className="ask-mark">{t.applications.required}</em></div>
        <p className="ask-help" id={`${id}-pad`}>{w.padHint} {w.padKeys}</p>
        <SignaturePad value={strokes} onChange={setStrokes} describedBy={`${id}-pad`} />
        {/* Its room stays: the frame may not move under the pen. */}
        <p className="ask-fault sign-fault" role="alert">{tried && !signed ? w.empty : null}</p>
      </div>
      <div className="form-foot">
        <Button type="primary" disabled={changed} onClick={ask}>{w.submit}</Button>
        <Button onClick={onBack}>{w.back}</Button>
      </div>
      {asking ? (
        <GraveDialog<ApplicationView>
          title={w.confirmTitle} consequence={w.confirmText(signer.trim(), file.application.number)} confirmText={w.confirm} danger={false} needsReason={false} invalidates={['applications']}
          send={(_, idempotencyKey) => send(idempotencyKey)} onClose={() => setAsking(false)} onDone={() => { void message.success(w.done); setAsking(false); }}
        />
      ) : null}
    </section>
  );
}
