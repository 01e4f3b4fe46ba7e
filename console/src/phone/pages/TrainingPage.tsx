import { Link } from 'react-router';
import type { MyCourse } from '../../api';
import { useMine } from '../data';
import { Icon } from '../parts/Icon';
import { SubScreen } from '../parts/Screen';
import { Empty, Failed, Waiting } from '../parts/states';
import { dueOf, earliestDue, isLacking } from '../training/course';
import { CourseFacts, Due, StageTag } from '../training/parts';
import { useWords } from '../words';

/** What she has to learn, and what she may. */
export function TrainingPage() {
  const t = useWords();
  const courses = useMine('/me/courses');
  const items = courses.data?.items ?? [];
  return (
    <SubScreen title={t.training.title} back="/">
      <p className="m-note">{t.training.lead}</p>
      {courses.isPending ? <Waiting /> : null}
      {courses.error ? <Failed error={courses.error} retry={() => void courses.refetch()} /> : null}
      {courses.data && items.length === 0 ? <Empty title={t.training.none} hint={t.training.noneHint} /> : null}
      {items.length > 0 ? <ul className="m-list">{items.map((it) => <CourseRow key={it.id} course={it} />)}</ul> : null}
      <ul className="m-list"><li className="m-nav"><Link to="/certificates">{t.training.certificates}<Icon name="next" /></Link></li></ul>
    </SubScreen>
  );
}

function CourseRow({ course }: { course: MyCourse }) {
  return (
    <li className="m-nav">
      <Link to={`/training/${course.id}`}>
        <span className="m-course">
          <b>{course.title}</b>
          <small><CourseFacts course={course} /></small>
        </span>
        <StageTag course={course} />
      </Link>
    </li>
  );
}

/** On the first screen: what is required of her and how long she has. Nothing where nothing is taught. */
export function TrainingCard() {
  const t = useWords();
  const courses = useMine('/me/courses').data?.items ?? [];
  if (courses.length === 0) return null;
  const lacking = courses.filter(isLacking).length;
  const due = earliestDue(courses);
  const late = dueOf(due, Date.now()).kind === 'late';
  return (
    <Link to="/training" className={late ? 'm-card m-pass-link m-warn' : 'm-card m-pass-link'}>
      <Icon name="training" />
      <span>
        <b>{lacking > 0 ? t.training.card(lacking) : t.training.cardNone}</b>
        <small>{lacking > 0 ? <Due at={due} /> : t.training.cardHint}{late ? <> · {t.training.lateHint}</> : null}</small>
      </span>
      <Icon name="next" />
    </Link>
  );
}
