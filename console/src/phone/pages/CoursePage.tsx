import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { get, type ApiError, type MyCourse } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { day } from '../../shared/format';
import { SubScreen } from '../parts/Screen';
import { Failed, Waiting } from '../parts/states';
import { useMySession } from '../session';
import { DocumentReader } from '../training/DocumentReader';
import { FilmAgain, FilmPlayer } from '../training/FilmPlayer';
import { CourseFacts } from '../training/parts';
import { Progress } from '../training/Progress';
import { useLearning } from '../training/useLearning';
import { useWords } from '../words';
import { ProvePhone } from './ProvePhone';

export function useCourse(id: string) {
  return useQuery<MyCourse, ApiError>({ queryKey: ['/me/courses/{id}', id], queryFn: ({ signal }) => get('/me/courses/{id}', { path: { id }, signal }) });
}

/** One course: watched or read, then the quiz, then the certificate. */
export function CoursePage() {
  const t = useWords();
  const id = useParams().id ?? '';
  const course = useCourse(id);
  return (
    <SubScreen title={course.data?.title ?? t.training.title} back="/training">
      {course.isPending ? <Waiting /> : null}
      {course.error && !course.data ? <Failed error={course.error} retry={() => void course.refetch()} /> : null}
      {course.data ? <Course key={id} course={course.data} /> : null}
    </SubScreen>
  );
}

function Course({ course }: { course: MyCourse }) {
  const t = useWords();
  const { lang } = useLang();
  const { session } = useMySession();
  const learning = useLearning(course);
  const watched = learning.watched || course.watched;
  const free = watched || !course.open;
  return (
    <>
      <section className="m-card">
        <p className="m-course-facts"><CourseFacts course={course} /></p>
        {course.description ? <p className="m-consent-text">{course.description}</p> : null}
        <p className="m-note">{course.question_count > 0 ? t.training.questions(course.question_count, course.pass_percent) : t.training.noQuiz}</p>
        {free ? null : <p className="m-note">{t.training.rules}</p>}
        {course.open && course.certificate_expires_at ? <p className="m-note">{t.training.renew(day(course.certificate_expires_at, lang))}</p> : null}
        {course.certificate_id ? <Link to={`/certificates/${course.certificate_id}`} className="m-button m-wide m-gap">{t.training.toCertificate}</Link> : null}
      </section>
      {session?.phone_proved === false ? <section className="m-card m-warn"><p className="m-note">{t.training.closed}</p><ProvePhone /></section> : (
        <>
          {watched && course.open && course.question_count > 0 ? <QuizDoor course={course} /> : null}
          {free ? null : <Progress furthestMs={learning.furthestMs} lengthMs={course.length_ms} />}
          {course.kind === 'document' ? <DocumentReader course={course} learning={free ? { ...learning, watched: true } : learning} /> : free ? <FilmAgain course={course} /> : <FilmPlayer course={course} learning={learning} />}
        </>
      )}
    </>
  );
}

function QuizDoor({ course }: { course: MyCourse }) {
  const t = useWords();
  const left = course.attempts_left ?? 0;
  return (
    <section className="m-card" role="status">
      <div className="m-card-head"><h2>{t.training.quiz.ready}</h2></div>
      <p className="m-note">{left > 0 ? t.training.quiz.readyHint(course.question_count, left) : t.training.quiz.noneLeft}</p>
      {left > 0 ? <Link to={`/training/${course.id}/quiz`} className="m-button m-button-go m-wide m-gap">{t.training.quiz.begin}</Link> : null}
    </section>
  );
}
