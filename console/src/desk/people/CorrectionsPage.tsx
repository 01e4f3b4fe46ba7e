import { Link } from 'react-router';
import type { CorrectionBrief, CorrectionState } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { dayTime } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { StateTag, type Tone } from '../parts/StateTag';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';

const TONE: Record<CorrectionState, Tone> = { open: 'waits', accepted: 'good', refused: 'plain', withdrawn: 'plain' };

/** What workers want put right in their files. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['state']);
  const { values, set } = filters;
  const tag = (it: CorrectionBrief) => <StateTag tone={TONE[it.state]}>{words.correctionState[it.state]}</StateTag>;
  const columns: Column<CorrectionBrief>[] = [
    { key: 'name', title: t.corrections.name, render: (it) => <TwoLines first={<Link to={paths.correction(it.id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'field', title: t.corrections.field, render: (it) => words.correctionField[it.field] },
    { key: 'state', title: t.common.state, width: 120, render: tag },
    { key: 'asked', title: t.corrections.askedAt, width: 150, render: (it) => dayTime(it.created_at, lang) },
    { key: 'decided', title: t.corrections.decided, width: 180, render: (it) => (it.decided_at ? <TwoLines first={dayTime(it.decided_at, lang)} second={it.decided_by} /> : '—') },
  ];
  return (
    <ListPage
      path="/corrections" title={t.corrections.title} countWords={t.corrections.count} filters={filters} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.correction(it.id)}
      controls={<FilterSelect label={t.common.state} value={values.state} options={optionsOf(words.correctionState)} onChange={(state) => set({ state })} />}
      card={(it) => (
        <>
          <Link className="card-title" to={paths.correction(it.id)}>{it.masked_name}{t.gap}{words.correctionField[it.field]}</Link>
          <div className="card-line"><span>{t.people.tail(it.tail)}{t.gap}{dayTime(it.created_at, lang)}</span>{tag(it)}</div>
        </>
      )}
      empty={<EmptyState title={t.corrections.none} text={t.corrections.noneHint} />}
    />
  );
}
