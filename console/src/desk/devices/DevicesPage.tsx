import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DeviceView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago, bytes, number, offset } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { GatePicker, SitePicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { DeviceForm } from './DeviceForm';
import { DeviceStateTag } from './DeviceStateTag';
import { keepSecret } from './deviceSecrets';

const BAD_OFFSET_MS = 5000;

export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const can = useCan();
  const now = useNow();
  const navigate = useNavigate();
  const filters = useFilters(['search', 'site_id', 'gate_id', 'state']);
  const [creating, setCreating] = useState(false);
  const { values, set } = filters;
  const create = can('manage_devices') ? <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t.devices.add}</Button> : null;
  const actions = create ? <><Link to={paths.devicesImport()}><Button icon={<ImportOutlined />}>{t.listImport.import}</Button></Link>{create}</> : null;
  const seen = (it: DeviceView) => (it.last_seen_at ? ago(it.last_seen_at, lang, now) : t.devices.never);

  const columns: Column<DeviceView>[] = [
    { key: 'serial', title: t.devices.codeName, render: (it) => <TwoLines first={<Link to={paths.device(it.id)}>{it.serial}</Link>} second={`${words.vendor[it.vendor]}${t.gap}${it.model}`} /> },
    { key: 'where', title: t.devices.where, render: (it) => <TwoLines first={`${it.site_name}${t.gap}${it.gate_name}`} second={`${t.devices.laneOf(it.lane)}${t.gap}${words.direction[it.direction]}`} /> },
    { key: 'state', title: t.common.state, width: 110, render: (it) => <DeviceStateTag state={it.state} /> },
    { key: 'seen', title: t.devices.lastSeen, width: 120, render: seen },
    { key: 'offset', title: t.devices.offset, width: 110, align: 'right', render: (it) => <TwoLines first={<span className={Math.abs(it.clock_offset_ms ?? 0) > BAD_OFFSET_MS ? 'warn' : ''}>{offset(it.clock_offset_ms)}</span>} second={it.clock_samples ? t.devices.samples(it.clock_samples) : null} /> },
    { key: 'bytes', title: t.devices.today, width: 120, align: 'right', render: (it) => <TwoLines first={bytes(it.bytes_today, lang)} second={`/ ${bytes(it.byte_quota, lang)}`} /> },
    { key: 'bad', title: t.devices.unparseable, width: 100, align: 'right', render: (it) => (it.unparseable_today ? <Link className="warn" to={paths.device(it.id, 'journal')}>{number(it.unparseable_today, lang)}</Link> : '0') },
  ];
  return (
    <>
      <ListPage
        path="/devices" title={t.devices.title} countWords={t.devices.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.device(it.id)} actions={actions}
        controls={
          <>
            <FilterText label={t.devices.serial} value={values.search} onChange={(search) => set({ search })} />
            <FilterSelect label={t.common.state} value={values.state} options={optionsOf(words.deviceState)} onChange={(state) => set({ state })} />
            <SitePicker chip label={t.common.site} value={values.site_id} onChange={(site_id) => set({ site_id })} />
            <GatePicker chip label={t.common.gate} value={values.gate_id} siteId={values.site_id} onChange={(gate_id) => set({ gate_id })} />
          </>
        }
        card={(it) => (
          <>
            <Link className="card-title" to={paths.device(it.id)}>{it.serial}</Link>
            <div className="card-line"><span>{it.site_name}{t.gap}{it.gate_name}{t.gap}{t.devices.laneOf(it.lane)}</span><DeviceStateTag state={it.state} /></div>
            <div className="card-line"><span>{t.devices.lastSeen}{t.gap}{seen(it)}</span><span>{offset(it.clock_offset_ms)}</span></div>
          </>
        )}
        empty={<EmptyState title={t.devices.none} text={t.devices.noneHint} action={create} />}
      />
      {creating ? (
        <DeviceForm
          gateId={values.gate_id} onClose={() => setCreating(false)}
          onCreated={(created) => {
            keepSecret(created);
            void navigate(paths.deviceSetup(created.device.id));
          }}
        />
      ) : null}
    </>
  );
}
