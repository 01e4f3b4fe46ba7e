import { Button, QRCode } from 'antd';
import { useState } from 'react';
import { post, type VisitorBrief, type VisitorFile } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { CopyField } from '../parts/CopyField';
import { GraveDialog } from '../parts/GraveDialog';
import { Facts, PanelHead } from '../parts/SidePanel';
import { StateTag } from '../parts/cells';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { VISITOR_TONE, visitHref } from './model';

type Act = 'approve' | 'refuse' | 'cancel';

/** One visitor, with what she shows at the gate. Who may only read the list sees no code. */
export function VisitorPanel({ id }: { id: string }) {
  const t = useDesk();
  const can = useCan();
  return can('announce_visitors') ? <Whole id={id} /> : <EmptyState title={t.states.noPermission} text={t.states.noPermissionHint} />;
}

function Whole({ id }: { id: string }) {
  const t = useDesk();
  const w = t.visitors;
  const { lang } = useLang();
  const [act, setAct] = useState<Act | null>(null);
  const { data, error, refetch } = useGet('/visitors/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const at = (it: string | null | undefined) => (it ? dayTime(it, lang) : null);
  const lives = data.state === 'requested' || data.state === 'announced';
  return (
    <>
      <PanelHead over={data.site_name} title={data.name}><StateTag tone={VISITOR_TONE[data.state]}>{w.state[data.state]}</StateTag>{w.hours(data.from, data.until, data.start, data.end)}</PanelHead>
      {lives ? <Code file={data} /> : null}
      <section className="panel-sect">
        <Facts
          items={[
            [w.phone, data.phone], [w.document, data.document_number], [w.company, data.company], [w.purpose, data.purpose], [w.plate, data.plate], [w.host, data.host],
            [w.declared, at(data.declared_at) ?? w.notDeclared], [w.arrived, at(data.arrived_at)], [w.left, at(data.left_at)], [w.note, data.note], [w.decided, data.decided_by], [t.common.created, at(data.created_at)],
          ]}
        />
      </section>
      {lives ? (
        <div className="panel-acts">
          {data.state === 'requested' ? <><Button type="primary" onClick={() => setAct('approve')}>{w.approve}</Button><Button danger onClick={() => setAct('refuse')}>{w.refuse}</Button></> : <Button danger onClick={() => setAct('cancel')}>{w.cancel}</Button>}
        </div>
      ) : null}
      {act ? <ActDialog act={act} file={data} onClose={() => setAct(null)} /> : null}
    </>
  );
}

function Code({ file }: { file: VisitorFile }) {
  const w = useDesk().visitors;
  return (
    <section className="panel-sect">
      <h3>{w.code}</h3>
      <div className="grid-phone-code" aria-hidden><QRCode value={file.code} size={148} bordered={false} type="svg" /></div>
      <CopyField label={w.code} value={file.code} />
      <CopyField label={w.link} value={visitHref(window.location.origin, file.code)} />
      <p className="muted">{w.codeHint}</p>
    </section>
  );
}

function ActDialog({ act, file, onClose }: { act: Act; file: VisitorFile; onClose: () => void }) {
  const w = useDesk().visitors;
  const send = (note: string, idempotencyKey: string): Promise<VisitorBrief> =>
    act === 'cancel'
      ? post('/visitors/{id}/cancellation', { path: { id: file.id }, body: { note: note || null }, idempotencyKey })
      : post('/visitors/{id}/decision', { path: { id: file.id }, body: { approve: act === 'approve', note: note || null }, idempotencyKey });
  const words = { approve: [w.approveTitle, w.approveConsequence, w.approve], refuse: [w.refuseTitle, w.refuseConsequence, w.refuse], cancel: [w.cancelTitle, w.cancelConsequence, w.cancel] } as const;
  const [title, consequence, confirm] = words[act];
  return (
    <GraveDialog<VisitorBrief>
      title={title(file.name)} danger={act !== 'approve'} needsReason={act !== 'approve'} consequence={consequence} confirmText={confirm} invalidates={['visitors']} send={send} onDone={onClose} onClose={onClose}
    />
  );
}
