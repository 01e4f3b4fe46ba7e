import { Link } from 'react-router';
import type { AppealBrief, AppealState } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { ago, dayTime } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { StateTag, type Tone } from '../parts/StateTag';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { useNow } from '../parts/useNow';
import { paths } from '../paths';
import { useDesk } from '../strings';
import { StatusTag } from './StatusTag';

const TONE: Record<AppealState, Tone> = { open: 'waits', granted: 'good', refused: 'plain', withdrawn: 'plain' };

/** What workers say against their status, and how long they have waited. */
export function Component() {
  const t = useDesk();
  const { lang } = useLang();
  const now = useNow();
  const filters = useFilters(['state', 'late']);
  const { values, set } = filters;
  const state = (it: AppealBrief) => <><StateTag tone={TONE[it.state]}>{t.appeals.states[it.state]}</StateTag> {it.escalated_at && it.state === 'open' ? <StateTag tone="bad">{t.appeals.late}</StateTag> : null}</>;
  const due = (it: AppealBrief) => (it.state === 'open' ? ago(it.due_at, lang, now) : dayTime(it.decided_at, lang));
  const columns: Column<AppealBrief>[] = [
    { key: 'name', title: t.corrections.name, render: (it) => <TwoLines first={<Link to={paths.appeal(it.id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'status', title: t.appeals.against, width: 120, render: (it) => <StatusTag status={it.status} /> },
    { key: 'state', title: t.common.state, width: 170, render: state },
    { key: 'asked', title: t.corrections.askedAt, width: 150, render: (it) => dayTime(it.created_at, lang) },
    { key: 'due', title: t.appeals.due, width: 150, render: due },
    { key: 'by', title: t.corrections.decided, width: 150, render: (it) => it.decided_by ?? '—' },
  ];
  return (
    <ListPage
      path="/appeals" title={t.appeals.title} countWords={t.appeals.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.appeal(it.id)}
      controls={
        <>
          <FilterSelect label={t.common.state} value={values.state} options={optionsOf(t.appeals.states)} onChange={(it) => set({ state: it })} />
          <FilterSelect label={t.appeals.late} value={values.late} options={[{ value: 'true', label: t.appeals.onlyLate }]} onChange={(it) => set({ late: it })} />
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={paths.appeal(it.id)}>{it.masked_name}{t.gap}{t.people.tail(it.tail)}</Link>
          <div className="card-line"><StatusTag status={it.status} />{state(it)}</div>
          <div className="card-line"><span>{t.appeals.due}{t.gap}{due(it)}</span></div>
        </>
      )}
      empty={<EmptyState title={t.appeals.none} text={t.appeals.noneHint} />}
    />
  );
}
