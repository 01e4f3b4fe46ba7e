import { useGet } from '../data';
import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState, NoPermissionState } from '../parts/states';
import { paths } from '../paths';
import { useCan } from '../session/session';
import { useDesk } from '../strings';
import { Editor } from './Editor';
import '../parts/edit/edit.css';
import '../rules/rules.css';
import '../review/review.css';
import '../applications/applications.css';
import './checklists.css';

/** A new version, made from the one in force. */
export function Component() {
  const can = useCan();
  return can('manage_reopening') ? <Loaded /> : <NoPermissionState />;
}

function Loaded() {
  const t = useDesk();
  const { data, error, refetch } = useGet('/checklists', { query: {} });
  if (data) return <Editor view={data} />;
  const w = t.checklists;
  return (
    <div className="page">
      <Crumbs label={w.title} trail={[{ to: paths.checklists(), text: w.title }]} here={w.edit.title} heading />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
    </div>
  );
}
