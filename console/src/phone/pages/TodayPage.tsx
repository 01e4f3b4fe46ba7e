import { Link } from 'react-router';
import type { AccessView } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, day, dayTime, weekday } from '../../shared/format';
import { allowedShape, StatusShape } from '../../shared/StatusShape';
import { useMine, useMyPages } from '../data';
import { Icon } from '../parts/Icon';
import { TabScreen } from '../parts/Screen';
import { Failed, Waiting } from '../parts/states';
import { actWords, actor } from '../looks';
import { useMySession } from '../session';
import { useWords, type PhoneWords } from '../words';
import { DayCards } from './DayCard';
import { PassLink } from './PassPage';
import { ProvePhone } from './ProvePhone';
import { TrainingCard } from './TrainingPage';

export function TodayPage() {
  const t = useWords();
  const { lang } = useLang();
  const file = useMine('/me/file');
  const now = Date.now();
  const lead = `${day(now, lang, now)} ${weekday(now, lang)}`;
  if (!file.data) {
    return <TabScreen title={t.today.tab} lead={lead}><DayCards /><PassLink />{file.error ? <Failed error={file.error} retry={() => void file.refetch()} /> : <Waiting />}</TabScreen>;
  }
  return (
    <TabScreen title={t.today.greeting(partOfDay(t, now), file.data.name)} lead={lead}>
      <DayCards />
      <StatusCard />
      <PassLink />
      <TrainingCard />
      <LooksCard />
    </TabScreen>
  );
}

function partOfDay(t: PhoneWords, now: number): string {
  const hour = Number(clock(now).slice(0, 2));
  return hour < 11 ? t.today.morning : hour < 18 ? t.today.day : t.today.evening;
}

function StatusCard() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const { session } = useMySession();
  const status = useMine('/me/file').data?.status;
  if (!status) return null;
  if (session && !session.phone_proved) {
    return (
      <section className="m-card m-warn">
        <div className="m-card-head"><h2>{t.status.closed}</h2></div>
        <p className="m-note">{t.status.closedHint}</p>
        <ProvePhone />
      </section>
    );
  }
  const shape = status.status ?? allowedShape[status.allowed];
  return (
    <section className="m-card" aria-label={t.status.title}>
      <div className={`m-status is-${shape}`}><StatusShape status={shape} size={40} /><div><b>{words.allowed[status.allowed]}</b><p className="m-note">{words.status[shape]}{words.gap}{t.status.asOf(dayTime(status.computed_at, lang))}</p></div></div>
      <ul className="m-reasons">
        {status.reasons.map((it) => <li key={it.code}>{words.statusReason[it.code]}{it.until ? <small>{t.status.until(dayTime(it.until, lang))}</small> : null}</li>)}
      </ul>
      <div className="m-row-buttons"><Link to="/rules" className="m-link">{t.rules.why}</Link>{shape === 'green' ? null : <Link to="/appeals" className="m-link">{t.appeals.title}</Link>}</div>
    </section>
  );
}

function LooksCard() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const looks = useMyPages<AccessView>('/me/accesses', 5);
  const count = useMine('/me/file').data?.access_count ?? 0;
  return (
    <section className="m-card">
      <div className="m-card-head"><h2>{t.looks.title}</h2><Link to="/accesses">{t.looks.count(count)}<Icon name="next" /></Link></div>
      <ul className="m-reasons">
        {looks.items.slice(0, 3).map((it, i) => (
          <li key={`${it.at}${i}`}>{actor(it, t, words)} {actWords(it, t)}<small>{dayTime(it.at, lang)}</small></li>
        ))}
      </ul>
    </section>
  );
}
