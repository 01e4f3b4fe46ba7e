import type { MyCourse } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { day } from '../../shared/format';
import { useWords } from '../words';
import { dueOf, isLacking, minutesOf, percentOf, stageOf, type Stage } from './course';

const TAGS: Record<Stage, string> = { fresh: 'plain', going: 'open', check: 'open', quiz: 'open', done: 'given', renew: 'open' };

/** Where she stands with a course: always a word, never a colour alone. */
export function StageTag({ course }: { course: MyCourse }) {
  const t = useWords();
  const stage = stageOf(course);
  return <span className={`m-tag is-${TAGS[stage]}`}>{stage === 'going' ? t.training.percent(percentOf(course.furthest_ms, course.length_ms)) : t.training.stage[stage]}</span>;
}

/** Whether it is required, how long it takes, and how long it may still be lacking or until when its certificate is good. */
export function CourseFacts({ course }: { course: MyCourse }) {
  const t = useWords();
  const words = useCommon();
  const { lang } = useLang();
  const until = course.certificate_expires_at;
  return (
    <>
      {course.required ? t.training.required : t.training.optional}{words.gap}{t.training.minutes(minutesOf(course.length_ms))}
      {until ? <>{words.gap}{t.training.until(day(until, lang))}</> : isLacking(course) ? <>{words.gap}<Due at={course.due_at} /></> : null}
    </>
  );
}

export function Due({ at }: { at: string | null }) {
  const t = useWords();
  const due = dueOf(at, Date.now());
  if (due.kind === 'late') return <b className="m-late">{t.training.late}</b>;
  return <>{due.kind === 'days' ? t.training.dueIn(due.days) : due.kind === 'today' ? t.training.dueToday : t.training.noDue}</>;
}
