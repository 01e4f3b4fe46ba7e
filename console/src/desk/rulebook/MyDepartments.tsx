import { useLang } from '../../i18n/LangProvider';
import { useGet } from '../data';
import { ErrorState, LoadingState } from '../parts/states';
import { useRulebook } from '../review/useRulebook';
import { useDesk } from '../strings';

/** Where who looks belongs. */
export function MyDepartments() {
  const t = useDesk();
  const { lang } = useLang();
  const { departmentName } = useRulebook();
  const { data, error, refetch } = useGet('/reviewers/me', {});
  const w = t.rulebook;
  return (
    <section className="block">
      <h2>{w.mine}</h2>
      {!data ? (error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />) : data.departments.length === 0 ? <p>{w.mineNone}</p> : <ul className="book-names">{data.departments.map((it) => <li key={it}>{departmentName(it, lang)}</li>)}</ul>}
    </section>
  );
}
