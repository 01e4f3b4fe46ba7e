import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { patch, post, type GateView, type TabletView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime, fullTime } from '../../shared/format';
import { useGet } from '../data';
import { DeviceStateTag } from '../devices/DeviceStateTag';
import { GraveDialog } from '../parts/GraveDialog';
import { Facts, PanelHead } from '../parts/SidePanel';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { EnrolmentDialog } from './EnrolmentDialog';
import { GateForm } from './GateForm';
import { GateStateTag } from './GateStateTag';

export function GatePanel({ id }: { id: string }) {
  const t = useDesk();
  const words = useCommon();
  const can = useCan();
  const [dialog, setDialog] = useState<'edit' | 'close' | 'enrol' | null>(null);
  const { data, error, refetch } = useGet('/gates/{id}', { path: { id } });
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  const close = () => setDialog(null);
  return (
    <>
      <PanelHead over={data.site_name} title={data.name}><GateStateTag closed={data.closed} />{words.direction[data.direction]}</PanelHead>
      <section className="panel-sect">
        <Facts
          items={[
            [t.common.site, <Link key="s" to={paths.sites({ open: data.site_id })}>{data.site_name}</Link>],
            [t.common.direction, words.direction[data.direction]],
            [t.common.lanes, data.lanes],
            [t.common.created, fullTime(data.created_at)],
          ]}
        />
      </section>
      <DevicesOf id={id} />
      {can('edit_places') ? <TabletsOf gate={data} /> : null}
      <div className="panel-acts">
        {can('edit_places') || can('manage_devices') ? <Button type="primary" onClick={() => setDialog('enrol')}>{t.gates.enrol}</Button> : null}
        {can('edit_places') ? <Button onClick={() => setDialog('edit')}>{t.gates.edit}</Button> : null}
        {can('edit_places') ? <Button onClick={() => setDialog('close')}>{data.closed ? t.gates.reopen : t.gates.close}</Button> : null}
        {can('read_screenings') ? <Link to={paths.screenings({ gate_id: id })}><Button>{t.sites.screenings}</Button></Link> : null}
      </div>
      {dialog === 'edit' ? <GateForm gate={data} onClose={close} onSaved={close} /> : null}
      {dialog === 'enrol' ? <EnrolmentDialog gate={data} onClose={close} /> : null}
      {dialog === 'close' ? <ClosedDialog gate={data} onClose={close} /> : null}
    </>
  );
}

function ClosedDialog({ gate, onClose }: { gate: GateView; onClose: () => void }) {
  const t = useDesk();
  return (
    <GraveDialog<GateView>
      title={gate.closed ? t.gates.reopenTitle(gate.name) : t.gates.closeTitle(gate.name)} danger={!gate.closed} needsReason={false}
      consequence={gate.closed ? t.gates.reopenConsequence(gate.name) : t.gates.closeConsequence(gate.name)}
      confirmText={gate.closed ? t.gates.reopen : t.gates.close} invalidates={['gates']} onClose={onClose} onDone={onClose}
      send={(_, idempotencyKey) => patch('/gates/{id}', { path: { id: gate.id }, body: { name: null, direction: null, lanes: null, closed: !gate.closed }, idempotencyKey })}
    />
  );
}

function TabletsOf({ gate }: { gate: GateView }) {
  const t = useDesk();
  const { lang } = useLang();
  const [lost, setLost] = useState<TabletView | null>(null);
  const { data } = useGet('/gates/{id}/tablets', { path: { id: gate.id } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.gates.tablets}</h3>
      {data.length === 0 ? <p className="muted">{t.gates.noTablets}</p> : null}
      <ul className="lines">
        {data.map((tablet) => (
          <li key={tablet.id}>
            <span>{t.gates.tabletSince(dayTime(tablet.enrolled_at, lang))}</span>
            <Button size="small" danger onClick={() => setLost(tablet)}>{t.gates.withdraw}</Button>
          </li>
        ))}
      </ul>
      {lost ? (
        <GraveDialog<TabletView[]>
          title={t.gates.withdrawTitle} danger needsReason={false} consequence={t.gates.withdrawConsequence(gate.name)} confirmText={t.gates.withdraw} invalidates={['gates']}
          onClose={() => setLost(null)} onDone={() => setLost(null)}
          send={(_, idempotencyKey) => post('/gates/{id}/tablets/{tablet_id}/withdrawal', { path: { id: gate.id, tablet_id: lost.id }, idempotencyKey })}
        />
      ) : null}
    </section>
  );
}

function DevicesOf({ id }: { id: string }) {
  const t = useDesk();
  const { data } = useGet('/devices', { query: { gate_id: id, limit: 12 } });
  if (!data) return null;
  return (
    <section className="panel-sect">
      <h3>{t.gates.devicesOf} <Link to={paths.devices({ gate_id: id })}>{t.gates.devices}</Link></h3>
      {data.items.length === 0 ? <p className="muted">{t.gates.noDevices}</p> : null}
      <ul className="lines">
        {data.items.map((device) => (
          <li key={device.id}><Link to={paths.device(device.id)}>{device.serial}{t.gap}{t.devices.laneOf(device.lane)}</Link><DeviceStateTag state={device.state} /></li>
        ))}
      </ul>
    </section>
  );
}
