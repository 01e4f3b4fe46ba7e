import { downloadHref, type CourseView } from '../../api';
import { EmptyState } from '../parts/states';
import { useDesk } from '../strings';
import { Captions } from './Captions';
import { DocumentPreview } from './DocumentPreview';
import { Length } from './Length';
import { MediaUpload } from './MediaUpload';

/** What a course shows, in a draft the way to replace it, and the captions of a film, which its makers put right at any time. */
export function Media({ course, draft, makes }: { course: CourseView; draft: boolean; makes: boolean }) {
  const t = useDesk();
  const w = t.training;
  // Another file has another length or was uploaded by another version: it is loaded anew.
  const href = `${downloadHref('/courses/{id}/content', { path: { id: course.id } })}?v=${course.version}`;
  return (
    <div className="course-body">
      {draft ? <MediaUpload course={course} /> : null}
      <section className="block">
        <h2>{w.shown}{course.kind ? <small>{w.kinds[course.kind]}{t.gap}<Length ms={course.length_ms} /></small> : null}</h2>
        {course.kind === null ? <EmptyState title={w.nothing} text={w.nothingHint} /> : null}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- those that there are; their author is asked for them below */}
        {course.kind === 'video' ? <video className="course-film" key={href} src={href} controls playsInline preload="metadata" aria-label={w.preview}>{course.captions.map((it) => <track key={it.lang + it.created_at} kind="captions" srcLang={it.lang} label={w.captioning.langs[it.lang]} default={it === course.captions[0]} src={downloadHref('/courses/{id}/captions/{lang}', { path: { id: course.id, lang: it.lang } })} />)}</video> : null}
        {course.kind === 'document' ? <DocumentPreview key={href} href={href} /> : null}
      </section>
      {course.kind === 'video' && (makes || course.captions.length > 0) ? <Captions course={course} makes={makes} /> : null}
    </div>
  );
}
