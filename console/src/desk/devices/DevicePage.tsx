import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { patch, post, type DevicePatch, type DeviceSecret, type DeviceView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago, bytes, fullTime, offset } from '../../shared/format';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { Crumbs } from '../parts/PageHead';
import { Facts } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { useNow } from '../parts/useNow';
import { paths, type DeviceTab } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Link } from 'react-router';
import { DeviceForm } from './DeviceForm';
import { DeviceStateTag } from './DeviceStateTag';
import { keepSecret } from './deviceSecrets';
import { Gaps } from './Gaps';
import { GateLink } from './GateLink';
import { Journal } from './Journal';
import './device.css';

const TABS: DeviceTab[] = ['status', 'journal', 'gaps'];
type Dialog = 'edit' | 'rotate' | 'disable' | 'trust';

export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { data, error, refetch } = useGet('/devices/{id}', { path: { id } }, { refetchInterval: 15_000 });
  const tab = TABS.find((it) => it === search.get('tab')) ?? 'status';
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const content: Record<DeviceTab, React.ReactNode> = { status: <Status device={data} />, journal: <Journal id={id} />, gaps: <Gaps id={id} /> };
  return (
    <div className="page">
      <Crumbs label={t.devices.title} trail={[{ to: paths.devices(), text: t.devices.title }]} here={data.serial}><DeviceActions device={data} onAsk={setDialog} /></Crumbs>
      <div className="device-head">
        <h1>{data.serial}</h1>
        <DeviceStateTag state={data.state} />
        <span className="muted">{data.model}</span>
      </div>
      <Tabs
        className="view-tabs device-tabs" activeKey={tab} onChange={(key) => void navigate(paths.device(id, key as DeviceTab), { replace: true })}
        items={TABS.map((key) => ({ key, label: t.devices.tabs[key], children: key === tab ? content[key] : null }))}
      />
      <Dialogs device={data} dialog={dialog} onClose={() => setDialog(null)} />
    </div>
  );
}

function DeviceActions({ device, onAsk }: { device: DeviceView; onAsk: (dialog: Dialog) => void }) {
  const t = useDesk();
  const can = useCan();
  if (!can('manage_devices')) return null;
  return (
    <>
      {device.state === 'untrusted' ? <Button size="small" type="primary" onClick={() => onAsk('trust')}>{t.devices.trust}</Button> : null}
      <Button size="small" onClick={() => onAsk('edit')}>{t.devices.edit}</Button>
      <Button size="small" onClick={() => onAsk('rotate')}>{t.devices.rotate}</Button>
      <Button size="small" onClick={() => onAsk('disable')}>{device.state === 'disabled' ? t.devices.enable : t.devices.disable}</Button>
    </>
  );
}

const UNCHANGED: DevicePatch = { model: null, serial: null, mac: null, gate_id: null, lane: null, direction: null, disabled: null, trusted: null };

function Dialogs({ device, dialog, onClose }: { device: DeviceView; dialog: Dialog | null; onClose: () => void }) {
  const t = useDesk();
  const navigate = useNavigate();
  const change = (changes: Partial<DevicePatch>) => (_: string, idempotencyKey: string) => patch('/devices/{id}', { path: { id: device.id }, body: { ...UNCHANGED, ...changes }, idempotencyKey });
  const shared = { invalidates: ['devices', 'gates'], onClose, needsReason: false };
  if (dialog === 'edit') return <DeviceForm device={device} onClose={onClose} />;
  if (dialog === 'trust') {
    return <GraveDialog {...shared} title={t.devices.trustTitle(device.serial)} consequence={t.devices.trustConsequence} confirmText={t.devices.trust} danger={false} send={change({ trusted: true })} onDone={onClose} />;
  }
  if (dialog === 'disable') {
    const off = device.state === 'disabled';
    return (
      <GraveDialog
        {...shared} title={off ? t.devices.enableTitle(device.serial) : t.devices.disableTitle(device.serial)} consequence={off ? t.devices.enableConsequence : t.devices.disableConsequence}
        confirmText={off ? t.devices.enable : t.devices.disable} danger={!off} send={change({ disabled: !off })} onDone={onClose}
      />
    );
  }
  if (dialog === 'rotate') {
    return (
      <GraveDialog<DeviceSecret>
        {...shared} title={t.devices.rotateTitle} consequence={t.devices.rotateConsequence(device.serial)} confirmText={t.devices.rotateConfirm}
        send={(_, idempotencyKey) => post('/devices/{id}/secret', { path: { id: device.id }, idempotencyKey })}
        onDone={(rotated) => {
          keepSecret(rotated);
          void navigate(paths.deviceSetup(device.id));
        }}
      />
    );
  }
  return null;
}

function Status({ device }: { device: DeviceView }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const now = useNow(5000);
  return (
    <div className="device-status">
      {device.vendor === 'fugong' ? <GateLink device={device} /> : null}
      <section className="block">
        <Facts
          items={[
            [t.devices.lastSeen, device.last_seen_at ? `${ago(device.last_seen_at, lang, now)}${t.gap}${fullTime(device.last_seen_at)}` : t.devices.never],
            [t.devices.offset, device.clock_offset_ms === null ? '—' : `${offset(device.clock_offset_ms)}${t.gap}${t.devices.samples(device.clock_samples)}`],
            [t.devices.lastEvent, device.last_event_no],
            [t.devices.today, t.devices.quota(bytes(device.bytes_today, lang), bytes(device.byte_quota, lang))],
            [t.devices.unparseable, device.unparseable_today ? <Link key="j" to={paths.device(device.id, 'journal')}>{t.devices.unparseableUnit(device.unparseable_today)}</Link> : '0'],
          ]}
        />
        <p className="muted">{t.devices.clockBad}</p>
      </section>
      <section className="block">
        <Facts
          items={[
            [t.common.site, <Link key="s" to={paths.sites({ open: device.site_id })}>{device.site_name}</Link>],
            [t.common.gate, <Link key="g" to={paths.gates({ open: device.gate_id })}>{device.gate_name}</Link>],
            [t.common.lane, t.devices.laneOf(device.lane)],
            [t.common.direction, words.direction[device.direction]],
            [t.devices.vendor, words.vendor[device.vendor]],
            [t.devices.model, device.model],
            [t.devices.serial, device.serial],
            [t.devices.mac, device.mac],
            [t.common.created, fullTime(device.created_at)],
          ]}
        />
      </section>
    </div>
  );
}
