import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { post, type CourseView } from '../../api';
import { useSubmit } from '../data';
import { ErrorAlert } from '../parts/ErrorAlert';
import { GraveDialog } from '../parts/GraveDialog';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { lacksOf } from './model';

type Act = 'publish' | 'retire';

export function CourseActions({ course }: { course: CourseView }) {
  const t = useDesk();
  const can = useCan();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Act | null>(null);
  const copy = useSubmit<null, CourseView>((_, idempotencyKey) => post('/courses/{id}/copy', { path: { id: course.id }, idempotencyKey }), {
    invalidates: ['courses'],
    onDone: (it) => { void message.success(t.training.copied); void navigate(paths.course(it.id)); },
  });
  if (!course.editable || !can('manage_training')) return null;
  const lacks = lacksOf(course);
  return (
    <>
      <ErrorAlert error={copy.error} />
      <Button size="small" loading={copy.pending} onClick={() => void copy.submit(null)}>{t.training.copy}</Button>
      {course.state === 'draft' ? <Button size="small" type="primary" disabled={lacks.media || lacks.questions > 0} onClick={() => setAsking('publish')}>{t.training.publish}</Button> : null}
      {course.state === 'published' ? <Button size="small" danger onClick={() => setAsking('retire')}>{t.training.retire}</Button> : null}
      {asking ? <Ask act={asking} course={course} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

function Ask({ act, course, onClose }: { act: Act; course: CourseView; onClose: () => void }) {
  const t = useDesk();
  const { message } = App.useApp();
  const w = t.training;
  const publishes = act === 'publish';
  return (
    <GraveDialog<CourseView>
      title={publishes ? w.publishTitle(course.title) : w.retireTitle(course.title)} confirmText={w[act]} danger={!publishes} needsReason={false} invalidates={['courses']} onClose={onClose}
      consequence={publishes ? <>{w.publishConsequence}{course.required ? <><br />{w.publishRequired}</> : null}</> : w.retireConsequence}
      send={(_, idempotencyKey) => post(publishes ? '/courses/{id}/publish' : '/courses/{id}/retire', { path: { id: course.id }, body: { version: course.version }, idempotencyKey })}
      onDone={() => { void message.success(publishes ? w.publishDone : w.retireDone); onClose(); }}
    />
  );
}

/** What a draft lacks, with the way there; that a published course stays as it is. */
export function Lacks({ course }: { course: CourseView }) {
  const t = useDesk();
  const w = t.training;
  if (!course.editable) return <p className="course-note" role="note">{w.notYours}</p>;
  if (course.state !== 'draft') return <p className="course-note" role="note">{w.fixed}</p>;
  const lacks = lacksOf(course);
  if (!lacks.media && lacks.questions === 0) return <p className="course-note is-ready" role="status">{w.ready}</p>;
  return (
    <p className="course-note is-lacking" role="status">
      {w.lacks}
      {lacks.media ? <Link to={paths.course(course.id, 'media')}>{w.lacksMedia}</Link> : null}
      {lacks.questions > 0 ? <Link to={paths.course(course.id, 'questions')}>{w.lacksQuestions(lacks.questions)}</Link> : null}
    </p>
  );
}
