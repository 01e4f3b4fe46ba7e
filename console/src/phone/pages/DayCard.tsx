import { Link } from 'react-router';
import type { MyDay } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { clock, dayTime } from '../../shared/format';
import { uuid } from '../../shared/uuid';
import { useMine } from '../data';
import { Icon } from '../parts/Icon';
import { useSend } from '../useSend';
import { saveDraft } from '../draft';
import { takeBack, type Waiting } from '../outbox';
import { summary } from '../declared';
import { useWords } from '../words';
import { MeasureCard } from './MeasureCard';

/** Today's declaration: one tap when nothing changed. */
export function DayCards() {
  const day = useMine('/me/today').data;
  const { waiting, person } = useSend();
  return (
    <>
      {waiting.map((it) => <WaitingCard key={it.key} it={it} person={person} />)}
      {day?.asked && !waiting.some((it) => it.kind === 'declaration') ? <DeclarationCard day={day} /> : null}
      {day?.asked && (day.measures || day.temperatures.length > 0) ? <MeasureCard day={day} /> : null}
    </>
  );
}

function DeclarationCard({ day }: { day: MyDay }) {
  const t = useWords();
  const words = useCommon();
  const { send, sending } = useSend();
  if (day.declared_at) {
    return (
      <section className="m-card" aria-label={t.declare.today}>
        <div className="m-card-head"><h2>{t.declare.done(clock(day.declared_at))}</h2><Link to="/declare">{t.declare.again}<Icon name="next" /></Link></div>
        {day.last ? <p className="m-note">{summary(day.last.answers, t, words)}</p> : null}
      </section>
    );
  }
  const unchanged = () => send({ kind: 'declaration', body: { at: new Date().toISOString(), unchanged: true, answers: null } });
  return (
    <section className="m-card" aria-label={t.declare.today}>
      <div className="m-card-head"><h2>{t.declare.today}</h2></div>
      <p className="m-note">{day.last && day.may_repeat ? t.declare.last(summary(day.last.answers, t, words)) : day.last ? t.declare.fullToday : t.declare.first}</p>
      <div className="m-row-buttons">
        {day.may_repeat ? <button type="button" className="m-button m-button-go m-grow" disabled={sending} onClick={unchanged}><Icon name="done" />{t.declare.same}</button> : null}
        <Link to="/declare" className={day.may_repeat ? 'm-button' : 'm-button m-button-go m-grow'}>{day.may_repeat ? t.declare.changed : t.declare.fill}</Link>
      </div>
    </section>
  );
}

/** What she had filled in is there again; under a key of its own, since the refused one is no more. */
function reopen(person: string, it: Waiting): void {
  if (it.kind === 'declaration' && it.body.answers) saveDraft(person, { key: uuid(), answers: it.body.answers });
  takeBack(person, it.key);
}

/** What has not reached the server: why, and what she can do about it. */
function WaitingCard({ it, person }: { it: Waiting; person: string }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  return (
    <section className="m-card m-warn" role="status">
      <div className="m-card-head"><h2>{it.refused ? t.declare.refused : t.declare.waiting(dayTime(it.body.at, lang))}</h2></div>
      <p className="m-note">{it.refused ? words.error(it.refused.code, it.refused.params) : t.declare.waitingHint}</p>
      {it.refused ? (
        <div className="m-row-buttons">
          {it.kind === 'declaration' ? <Link to="/declare" className="m-button m-button-go m-grow" onClick={() => reopen(person, it)}>{t.declare.fill}</Link> : null}
          <button type="button" className="m-button" onClick={() => takeBack(person, it.key)}>{t.declare.discard}</button>
        </div>
      ) : null}
    </section>
  );
}
