import type { ApplicationState, ApplicationView } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { StateTag, type Tone } from '../parts/StateTag';
import { TwoLines } from '../parts/cells';
import { useDesk } from '../strings';
import { deadlineOf, lateWords } from './model';

const TONES: Record<ApplicationState, Tone> = {
  draft: 'plain', submitted: 'waits', in_review: 'waits', returned: 'plain', inspection_due: 'waits', inspected: 'waits', approved: 'good', rejected: 'bad', suspended: 'bad', revoked: 'bad', filed: 'good',
};

export function StateOf({ state }: { state: ApplicationState }) {
  const t = useDesk();
  return <StateTag tone={TONES[state]}>{t.review.states[state]}</StateTag>;
}

/** The deadline that runs, and in words that it is past. */
export function Due({ it, now }: { it: ApplicationView; now: number }) {
  const t = useDesk();
  const { lang } = useLang();
  const due = deadlineOf(it, now);
  if (!due) return <>—</>;
  const at = dayTime(due.at, lang, now);
  const words = due.kind === 'reply' ? t.review.replyBy(at) : t.review.decideBy(at);
  return due.lateMs > 0 ? <TwoLines first={<span className="bad">▲ {t.review.late(lateWords(due.lateMs, t.review))}</span>} second={words} /> : <>{words}</>;
}
