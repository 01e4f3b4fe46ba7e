import { useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import { useGet } from '../data';
import { PageHead } from '../parts/PageHead';
import { useDesk } from '../strings';
import { OperationTiles } from './OperationTiles';

export function Component() {
  const t = useDesk();
  return (
    <div className="page">
      <PageHead title={t.operations.title} />
      <OperationTiles />
      <div className="page-body"><FailedJobs /></div>
    </div>
  );
}

function FailedJobs() {
  const t = useDesk();
  const { lang } = useLang();
  const { data } = useGet('/operations', {});
  if (!data) return null;
  return (
    <section className="block">
      <h2>{t.operations.jobsFailed}</h2>
      {data.jobs_failed.length === 0 ? <p className="muted">{t.operations.noJobs}</p> : (
        <div className="scroll-x">
          <table className="plain-table">
            <thead><tr><th>{t.operations.jobKind}</th><th>{t.operations.attempts}</th><th>{t.operations.lastError}</th><th>{t.operations.nextRun}</th></tr></thead>
            <tbody>{data.jobs_failed.map((job) => <tr key={job.id}><td><code>{job.kind}</code></td><td>{t.operations.attemptsUnit(job.attempts)}</td><td>{job.last_error}</td><td>{dayTime(job.run_at, lang)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
