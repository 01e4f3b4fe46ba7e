import { Button, Modal } from 'antd';
import { useState } from 'react';
import { post, type DeviceView, type GateLinkCode, type GateLinkView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { ago, dayTime, number, offset } from '../../shared/format';
import { useGet, useSubmit } from '../data';
import { CopyField } from '../parts/CopyField';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { Facts } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

/** How a gate of our own is linked: since when, how it is, and the two acts on it. */
export function GateLink({ device }: { device: DeviceView }) {
  const t = useDesk();
  const can = useCan();
  const [dialog, setDialog] = useState<'code' | 'revoke' | null>(null);
  const { data, error, refetch } = useGet('/devices/{id}/link', { path: { id: device.id } }, { refetchInterval: 5000 });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const linked = data.enrolled_at !== null && data.revoked_at === null;
  return (
    <section className="block">
      <h2>{t.gateLink.title}</h2>
      <LinkFacts link={data} />
      {can('manage_devices') ? (
        <div className="page-actions">
          <Button onClick={() => setDialog('code')}>{linked ? t.gateLink.again : t.gateLink.link}</Button>
          {linked ? <Button danger onClick={() => setDialog('revoke')}>{t.gateLink.revoke}</Button> : null}
        </div>
      ) : null}
      {dialog === 'code' ? <CodeDialog device={device} onClose={() => setDialog(null)} /> : null}
      {dialog === 'revoke' ? (
        <GraveDialog<GateLinkView>
          title={t.gateLink.revokeTitle(device.serial)} consequence={t.gateLink.revokeConsequence} confirmText={t.gateLink.revoke} needsReason={false} invalidates={['devices']}
          onClose={() => setDialog(null)} onDone={() => setDialog(null)} send={(_, idempotencyKey) => post('/devices/{id}/link/revocation', { path: { id: device.id }, idempotencyKey })}
        />
      ) : null}
    </section>
  );
}

function LinkFacts({ link }: { link: GateLinkView }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow(5000);
  if (link.revoked_at) return <p className="muted">{t.gateLink.revoked(dayTime(link.revoked_at, lang))}</p>;
  if (!link.enrolled_at) return <p className="muted">{t.gateLink.none}</p>;
  const { health } = link;
  return (
    <Facts
      items={[
        [t.gateLink.since, dayTime(link.enrolled_at, lang)],
        [t.gateLink.asked, link.asked_at ? ago(link.asked_at, lang, now) : t.devices.never],
        [t.gateLink.clock, offset(health?.clock_ahead_ms ?? null)],
        [t.gateLink.waiting, health ? number(health.waiting, lang) : '—'],
        [t.gateLink.cameras, health ? `${health.cameras_live} / ${health.cameras}` : '—'],
        [t.gateLink.disk, health ? `${number(health.disk_free_mib, lang)} MiB` : '—'],
        [t.gateLink.version, health?.version],
        ...(health?.door_fault ? [[t.gateLink.doorFault, health.door_fault] as [string, string]] : []),
        ...(health?.thermal_offset ? [[t.gateLink.thermalOffset, t.gateLink.learnt(health.thermal_offset.by_k, health.thermal_offset.pairs, dayTime(health.thermal_offset.since, lang))] as [string, string]] : []),
        ...(health?.thermal_fault ? [[t.gateLink.thermalFault, health.thermal_fault] as [string, string]] : []),
      ]}
    />
  );
}

function CodeDialog({ device, onClose }: { device: DeviceView; onClose: () => void }) {
  const t = useDesk();
  const { lang } = useLang();
  const [made, setMade] = useState<GateLinkCode | null>(null);
  const { submit, pending, error } = useSubmit<null, GateLinkCode>((_, idempotencyKey) => post('/devices/{id}/link/codes', { path: { id: device.id }, idempotencyKey }), { onDone: setMade });
  return (
    <Modal open destroyOnHidden onCancel={onClose} title={t.gateLink.link} footer={<Button onClick={onClose}>{t.actions.close}</Button>}>
      <p className="form-lead">{t.gateLink.lead}</p>
      <ErrorAlert error={error} />
      {made ? (
        <>
          <CopyField label={`${t.gates.enrolCode}${t.gap}${t.gates.enrolUntil(dayTime(made.expires_at, lang))}`} value={made.code} />
          <CopyField label={t.gateLink.command} value={`fugong gate link --data gate --server ${window.location.origin} --code ${made.code}`} />
        </>
      ) : <Button type="primary" loading={pending} onClick={() => void submit(null)}>{t.gates.enrolCode}</Button>}
    </Modal>
  );
}
