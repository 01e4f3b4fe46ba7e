import { Crumbs } from '../parts/PageHead';
import { ErrorState, LoadingState } from '../parts/states';
import { paths } from '../paths';
import { useGet } from '../data';
import { useDesk } from '../strings';
import { Editor } from './Editor';
import './forms.css';
import '../parts/edit/edit.css';
import '../rules/rules.css';
import '../review/review.css';
import '../applications/applications.css';

/** A new version, made from the one in force. */
export function Component() {
  const t = useDesk();
  const { data, error, refetch } = useGet('/application-forms', { query: {} });
  if (data) return <Editor view={data} />;
  return (
    <div className="page">
      <Crumbs label={t.forms.title} trail={[{ to: paths.forms(), text: t.forms.title }]} here={t.forms.edit.title} heading />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
    </div>
  );
}
