import { Link } from 'react-router';
import type { AlarmView } from '../../api';
import { AlarmStateTag, SeverityMark } from '../alarms/AlarmTags';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { ago } from '../../shared/format';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useDesk } from '../strings';

export function AlarmLine({ alarm }: { alarm: AlarmView }) {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const now = useNow();
  return (
    <li>
      <SeverityMark severity={alarm.severity} />
      <Link to={paths.alarms({ state: 'open', open: alarm.id })}><b>{words.alarmKind[alarm.kind]}</b>{alarm.count > 1 ? <small> {t.alarms.times(String(alarm.count))}</small> : null}</Link>
      <span className="muted where">{[alarm.site_name, alarm.gate_name].filter(Boolean).join(t.gap)}</span>
      <AlarmStateTag state={alarm.state} />
      <time dateTime={alarm.first_raised_at} className={alarm.state === 'raised' ? 'bad' : 'muted'}>{ago(alarm.first_raised_at, lang, now)}</time>
    </li>
  );
}
