import { Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { CourseView } from '../../api';
import { useGet } from '../data';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths, type CourseTab } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { CourseActions, Lacks } from './CourseActions';
import { CourseState } from './CourseState';
import { Lacking } from './Lacking';
import { Media } from './Media';
import { Questions } from './Questions';
import { Settings } from './Settings';
import '../devices/device.css';
import './training.css';

/** One course: made here until it is published, then whom it is lacking. */
export function Component() {
  const { id = '' } = useParams();
  const t = useDesk();
  const course = useGet('/courses/{id}', { path: { id } });
  const { data, error, refetch } = course;
  if (!data) return error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />;
  return (
    <div className="page course-page">
      <Crumbs label={t.training.title} trail={[{ to: paths.training(), text: t.training.title }]} here={data.title}><CourseActions course={data} /></Crumbs>
      <div className="device-head">
        <h1>{data.title}</h1>
        <CourseState state={data.state} />
        <span className="muted">{data.required ? t.training.required : t.training.optional}{t.gap}{data.enterprise_name ?? `${t.training.areaOwner} ${data.area_code}`}</span>
      </div>
      <Lacks course={data} />
      <CourseTabs key={id} course={data} />
    </div>
  );
}

/** A tab that was opened stays: what was typed or is being sent in it goes on. */
function CourseTabs({ course }: { course: CourseView }) {
  const t = useDesk();
  const can = useCan();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [seen] = useState(() => new Set<CourseTab>());
  const makes = course.editable && can('manage_training');
  const draft = makes && course.state === 'draft';
  const lists = course.required && course.state === 'published' && can('read_people');
  const tabs: CourseTab[] = ['settings', 'media', ...(makes ? ['questions' as const] : []), ...(lists ? ['lacking' as const] : [])];
  const asked = search.get('tab');
  const tab = tabs.find((it) => it === asked) ?? 'settings';
  seen.add(tab);
  const content: Record<CourseTab, React.ReactNode> = {
    settings: <Settings course={course} draft={draft} />, media: <Media course={course} draft={draft} makes={makes && course.state !== 'retired'} />, questions: <Questions course={course} draft={draft} />, lacking: <Lacking course={course} />,
  };
  return (
    <Tabs
      className="view-tabs device-tabs" activeKey={tab} onChange={(key) => void navigate(paths.course(course.id, key as CourseTab), { replace: true })}
      items={tabs.map((key) => ({ key, label: t.training.tabs[key], children: seen.has(key) ? content[key] : null }))}
    />
  );
}
