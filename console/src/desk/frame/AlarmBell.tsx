import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago } from '../../shared/format';
import { useCount, useList } from '../data';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';

export function AlarmBell() {
  const can = useCan();
  return can('read_alarms') ? <Bell /> : null;
}

function Bell() {
  const t = useDesk();
  const [open, setOpen] = useState(false);
  const count = useCount('/alarms', { state: 'raised' }) ?? 0;
  return (
    <Popover
      open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" destroyOnHidden
      title={t.frame.bellTitle(count)} content={<Newest close={() => setOpen(false)} />}
    >
      <Badge count={count} size="small" overflowCount={99} color="#B5121B" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined style={{ fontSize: 18 }} />} aria-label={t.frame.bell(count)} aria-expanded={open} />
      </Badge>
    </Popover>
  );
}

function Newest({ close }: { close: () => void }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const now = useNow();
  const { items, loading } = useList('/alarms', { state: 'raised' });
  return (
    <div className="bell">
      {items.length === 0 && !loading ? <p className="bell-none">{t.frame.bellEmpty}</p> : null}
      <ul>
        {items.slice(0, 6).map((alarm) => (
          <li key={alarm.id}>
            <Link to={paths.alarms({ state: 'open', open: alarm.id })} onClick={close}>
              <b>{words.alarmKind[alarm.kind]}</b>
              <time dateTime={alarm.first_raised_at}>{ago(alarm.first_raised_at, lang, now)}</time>
              <span>{[alarm.site_name, alarm.gate_name].filter(Boolean).join(t.gap)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Link className="bell-all" to={paths.alarms({ state: 'open' })} onClick={close}>{t.frame.allAlarms}</Link>
    </div>
  );
}
