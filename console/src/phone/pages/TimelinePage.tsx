import type { FactView } from '../../api';
import type { CommonStrings } from '../../i18n/common';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { figure, flag, healthStatus, known, list, outcome, text } from '../../shared/factDetail';
import { dayTime, temperature } from '../../shared/format';
import { useMyPages } from '../data';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { useWords, type PhoneWords } from '../words';

export function TimelinePage() {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const facts = useMyPages<FactView>('/me/facts');
  return (
    <SubScreen title={t.timeline.title}>
      {facts.loading ? <Waiting /> : null}
      {facts.error ? <Failed error={facts.error} retry={facts.retry} /> : null}
      {!facts.loading && !facts.error && facts.items.length === 0 ? <Empty title={t.timeline.none} hint={t.timeline.noneHint} /> : null}
      {facts.items.length > 0 ? (
        <ul className="m-list">
          {facts.items.map((it) => (
            <li key={it.id}>
              <b>{words.factKind[it.kind]}</b>{it.site_name ? ` ${it.site_name}` : ''}
              <small>{sentence(it, t, words)}</small>
              <time dateTime={it.occurred_at}>{dayTime(it.occurred_at, lang)}</time>
            </li>
          ))}
        </ul>
      ) : null}
      {facts.more ? <button type="button" className="m-button m-wide" disabled={facts.loadingMore} onClick={facts.more}>{t.more}</button> : null}
    </SubScreen>
  );
}

/** What the fact says, in one line. */
function sentence({ kind, detail }: FactView, t: PhoneWords, words: CommonStrings): string {
  const parts: (string | null)[] = [];
  const verdict = outcome(detail);
  const celsius = figure(detail, 'temperature_c');
  switch (kind) {
    case 'screened':
    case 'overridden':
      parts.push(verdict ? words.verdict[verdict] : null, celsius === null ? null : temperature(celsius));
      parts.push(...known(words.reason, list(detail, 'reasons')).map((it) => words.reason[it].says));
      break;
    case 'status_changed': {
      const to = healthStatus(detail, 'to');
      parts.push(to ? words.status[to] : null, ...known(words.statusReason, list(detail, 'reasons')).map((it) => words.statusReason[it]));
      break;
    }
    case 'attested':
    case 'declared':
      parts.push(flag(detail, 'well') === true ? t.timeline.well : flag(detail, 'well') === false ? t.timeline.ill(known(words.symptom, list(detail, 'symptoms')).map((it) => words.symptom[it]).join(' ')) : null);
      break;
    case 'measured':
    case 'clinical_reading':
      parts.push(celsius === null ? null : temperature(celsius));
      break;
    default:
      parts.push(text(detail, 'employee_no'), text(detail, 'team'), text(detail, 'reason'), text(detail, 'note'));
  }
  return parts.filter(Boolean).join(words.gap);
}
