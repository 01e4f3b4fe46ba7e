import { Link } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { ago } from '../../shared/format';
import { useGet } from '../data';
import { DeviceStateTag } from '../devices/DeviceStateTag';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useDesk } from '../strings';

/** Devices somebody must look after: silent ones and those not trusted. */
export function SilentDevices({ title, none }: { title?: string; none?: string }) {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const silent = useGet('/devices', { query: { state: 'silent', limit: 8 } });
  const untrusted = useGet('/devices', { query: { state: 'untrusted', limit: 8 } });
  const items = [...(untrusted.data?.items ?? []), ...(silent.data?.items ?? [])];
  return (
    <section className="block">
      <h2>{title ?? t.overview.silentDevices}<Link to={paths.devices()}>{t.overview.allDevices}</Link></h2>
      {items.length === 0 && silent.isFetched && untrusted.isFetched ? <p className="muted">{none ?? t.overview.noSilentDevices}</p> : null}
      <ul className="lines">
        {items.map((it) => (
          <li key={it.id}>
            <span><Link to={paths.device(it.id)}>{it.serial}</Link><br /><small>{it.site_name}{t.gap}{it.gate_name}{t.gap}{t.devices.laneOf(it.lane)}</small></span>
            <span><DeviceStateTag state={it.state} /><br /><small>{it.last_seen_at ? ago(it.last_seen_at, lang, now) : t.devices.never}</small></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
