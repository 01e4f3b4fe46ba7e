import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCommon, useLang } from '../../../i18n/LangProvider';
import { dayTime, fullTime } from '../../../shared/format';
import { itemsOf, sectionsOf, type Item } from '../../../shared/visits/model';
import type { Done, Refusal } from '../../../shared/visits/store';
import { Icon } from '../../parts/Icon';
import { Sheet } from '../../parts/Sheet';
import { ContactCard, DutySubScreen, Listed } from '../parts';
import { useRound } from '../useRound';
import { useDutyWords } from '../words';
import { useWords } from '../../words';
import { Photos } from './Photos';
import { firstOpen, type Making } from './VisitRoutes';

/** A visit: where it goes, how far it is, and what became of it. */
export function VisitPage(making: Making) {
  const t = useDutyWords();
  const { visit, file, report, it } = making;
  const { round, refresh } = useRound();
  const [asking, ask] = useState(false);
  const navigate = useNavigate();
  const remove = () => void it.discard().then(() => {
    refresh();
    void navigate('/duty', { replace: true });
  });
  const { done, waiting, refused } = report;
  const left = it.photos.filter((photo) => !photo.sent);
  if (done) return <Result {...making} done={done} left={left} onGone={remove} />;
  const at = firstOpen(making);
  const begun = Object.keys(report.draft.items).length > 0 || it.photos.length > 0;
  const all = itemsOf(file).length;
  const to = at < all ? `items/${at + 1}` : 'sign';
  return (
    <DutySubScreen title={file.inspection.enterprise_name} back="/duty" foot={waiting ? null : <Link className="m-button m-button-go m-grow" to={to}>{at >= all ? t.visit.sign : begun ? t.visit.resume : t.visit.begin}</Link>}>
      {waiting ? <section className="m-card m-warn" role="status"><p><b>{t.visit.waiting}</b></p><button type="button" className="m-button" disabled={it.sending} onClick={it.resend}>{t.today.sendNow}</button></section> : null}
      {!visit && round && !waiting ? <p className="m-card m-warn" role="status">{t.visit.moved}</p> : null}
      {refused ? <Refused it={refused} /> : null}
      <Facts {...making} />
      {visit ? <ContactCard contact={visit.contact} /> : null}
      {visit && visit.defects.length > 0 ? <Defects {...making} /> : null}
      <Items {...making} />
      <p className="m-note">{t.visit.keeps}</p>
      {begun && !waiting ? <button type="button" className="m-link" onClick={() => ask(true)}>{t.visit.discard}</button> : null}
      {asking ? <Discard onSure={remove} onClose={() => ask(false)} /> : null}
    </DutySubScreen>
  );
}

function Facts({ visit, file }: Making) {
  const t = useDutyWords();
  const { lang } = useLang();
  const it = file.inspection;
  const rows: [string, string][] = [
    [t.visit.number, it.number], [t.visit.area, it.area_name],
    ...(visit && visit.sites.length > 0 ? [[t.visit.sites, visit.sites.join(lang === 'zh' ? '、' : ', ')] as [string, string]] : []),
    it.starts_at ? [t.visit.startsAt, dayTime(it.starts_at, lang)] : [t.visit.day, it.planned_on ? `${it.planned_on}${it.stop ? `　${t.today.stop(it.stop)}` : ''}` : t.today.noDay],
    [t.visit.due, dayTime(it.due_at, lang)],
  ];
  return (
    <section className="m-card">
      <h2 className="d-title">{t.kinds[it.kind]}　{t.modes[it.mode]}</h2>
      <dl className="m-pairs">{rows.map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
    </section>
  );
}

function Defects({ visit, file }: Making) {
  const t = useDutyWords();
  const { lang } = useLang();
  const today = new Date().toISOString().slice(0, 10);
  const label = (key: string) => file.checklist.sections.flatMap((it) => it.items).find((it) => it.key === key)?.label[lang] ?? key;
  return (
    <Listed title={t.visit.defects}>
      {visit?.defects.map((it) => <li key={it.id}><b>{it.critical ? <em className="d-critical">{t.visit.critical}</em> : null}{label(it.item)}</b><small>{it.note}</small><small className={it.late ? 'm-late' : undefined}>{it.late || it.due_on < today ? `▲ ${t.today.lateSince(it.due_on)}` : t.today.dueOn(it.due_on)}</small></li>)}
    </Listed>
  );
}

function Items(making: Making) {
  const t = useDutyWords();
  const { lang } = useLang();
  const { file, report } = making;
  const items = itemsOf(file);
  const filled = items.filter((it) => report.draft.items[it.key]?.finding).length;
  return (
    <>
      <section className="m-card">
        <div className="m-card-head"><h2>{t.visit.items}</h2><span className="m-note">{t.visit.filled(filled, items.length)}</span></div>
        <div className="d-progress m-gap" aria-hidden="true"><i style={{ width: `${items.length > 0 ? (100 * filled) / items.length : 0}%` }} /></div>
      </section>
      {sectionsOf(file).map((section) => <Listed key={section.title.zh} title={section.title[lang]}>{section.items.map((item) => <ItemRow key={item.key} item={item} at={items.indexOf(item)} {...making} />)}</Listed>)}
    </>
  );
}

function ItemRow({ item, at, report, photosOf, marked }: Making & { item: Item; at: number }) {
  const t = useDutyWords();
  const { lang } = useLang();
  const finding = report.draft.items[item.key]?.finding ?? null;
  const photos = photosOf(item.key);
  const body = (
    <>
      <span className={finding ? `d-mark is-${finding}` : 'd-mark'}>{finding === 'good' ? <Icon name="done" /> : finding === 'defect' ? <Icon name="cross" /> : finding ? <Icon name="less" /> : null}</span>
      <span className="d-grow">{item.critical ? <em className="d-critical">{t.visit.critical}</em> : null}{item.label[lang]}<small>{[finding ? t.item.findings[finding] : null, photos > 0 ? t.visit.photos(photos) : null].filter(Boolean).join('　')}</small></span>
    </>
  );
  return <li className={marked.has(item.key) ? 'm-nav d-wrong' : 'm-nav'}>{report.waiting ? <div className="d-item d-still">{body}</div> : <Link className="d-item" to={`items/${at + 1}`}>{body}<Icon name="next" /></Link>}</li>;
}

/** Why the server did not take it, and that nothing is lost. */
function Refused({ it }: { it: Refusal }) {
  const t = useDutyWords().visit.refused;
  const words = useCommon();
  const { state, officer, at } = it.params;
  const why = it.code === 'report_faults' ? t.faults(Number(it.params.count ?? '1'))
    : it.code === 'state' && state === 'cancelled' ? t.cancelled
    : it.code === 'state' && officer && at ? t.reported(officer, fullTime(at))
    : it.code === 'state' ? t.mine
    : `${t.other}${words.error(it.code, it.params)}`;
  return <section className="m-card m-warn" role="alert"><b>{t.title}</b><p>{why}</p>{it.code === 'report_faults' ? null : <p className="m-note">{t.keeps}</p>}</section>;
}

function Discard({ onSure, onClose }: { onSure: () => void; onClose: () => void }) {
  const t = useDutyWords().visit;
  const phone = useWords();
  return (
    <Sheet title={t.discardTitle} onClose={onClose}>
      <p className="m-note">{t.discardSure}</p>
      <button type="button" className="m-button m-button-grave" onClick={onSure}>{t.discard}</button>
      <button type="button" className="m-button" onClick={onClose}>{phone.cancel}</button>
    </Sheet>
  );
}

/** What became of a report that arrived. */
function Result({ file, it, done, left, onGone }: Making & { done: Done; left: Making['it']['photos']; onGone: () => void }) {
  const t = useDutyWords().visit;
  const officer = done.moved_to || t.nobody;
  const [title, hint] = done.state ? [t[done.state], done.state === 'passed' ? t.passedHint : t.failedHint] : done.already ? [t.already, t.alreadyHint(officer)] : [t.kept, t.keptHint(officer)];
  return (
    <DutySubScreen title={file.inspection.enterprise_name} back="/duty" foot={<button type="button" className="m-button m-button-go m-grow" onClick={onGone}>{t.ok}</button>}>
      <section className={`m-card m-verdict ${done.state === 'passed' ? 'is-holds' : done.state === 'failed' ? 'is-revoked' : 'is-unknown'}`} role="status" data-state={done.state ?? 'kept'}>
        <Icon name={done.state === 'passed' ? 'done' : done.state === 'failed' ? 'cross' : 'send'} /><h2>{title}</h2><p>{hint}</p><p className="m-note">{t.sentAt(fullTime(done.at))}</p>
      </section>
      {done.digest ? <section className="m-card"><h2 className="d-title">{t.digest}</h2><code className="d-digest">{done.digest}</code></section> : null}
      {left.length > 0 ? <section className="m-card m-warn"><p>{t.photosRefused(left.length)}</p><Photos photos={left} onDrop={it.drop} /></section> : null}
    </DutySubScreen>
  );
}
