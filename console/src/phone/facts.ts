// A fact of her timeline in one line.
import type { FactView } from '../api';
import type { CommonStrings } from '../i18n/common';
import { figure, flag, healthStatus, known, list, outcome, text } from '../shared/factDetail';
import { temperature } from '../shared/format';
import type { PhoneWords } from './words';

/** What the fact says, in one line. */
export function sentence({ kind, detail }: FactView, t: PhoneWords, words: CommonStrings): string {
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
