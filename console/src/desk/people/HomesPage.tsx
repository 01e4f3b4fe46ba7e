import { Link } from 'react-router';
import type { ListedHome } from '../../api';
import { useCommon, useLang } from '../../i18n/LangProvider';
import { address } from '../../shared/address';
import { day, number } from '../../shared/format';
import type { Column } from '../parts/DataTable';
import { FilterSelect, FilterText, optionsOf } from '../parts/FilterControls';
import { ListPage } from '../parts/ListPage';
import { AreaPicker } from '../parts/PlacePicker';
import { TwoLines } from '../parts/cells';
import { EmptyState } from '../parts/states';
import { useFilters } from '../parts/useFilters';
import { paths } from '../paths';
import { useDesk } from '../strings';

/** A compound is looked for inside a community: 12 digits, or 15 of a grid. */
const COMMUNITY_DIGITS = 12;

/** Who lives where now. */
export function Component() {
  const t = useDesk();
  const words = useCommon();
  const { lang } = useLang();
  const filters = useFilters(['area', 'compound', 'kind']);
  const { values, set } = filters;
  const inCommunity = (values.area?.length ?? 0) >= COMMUNITY_DIGITS;
  const columns: Column<ListedHome>[] = [
    { key: 'name', title: t.homes.name, width: 150, render: (it) => <TwoLines first={<Link to={paths.person(it.person_id)}>{it.masked_name}</Link>} second={t.people.tail(it.tail)} /> },
    { key: 'address', title: t.homes.address, render: (it) => <TwoLines first={address(it, words)} second={it.area_name} /> },
    { key: 'kind', title: t.homes.kind, width: 170, render: (it) => words.homeKind[it.kind] },
    { key: 'size', title: t.homes.size, width: 110, render: (it) => number(it.household, lang) },
    { key: 'since', title: t.homes.since, width: 130, render: (it) => day(it.from, lang) },
  ];
  return (
    <ListPage
      path="/homes" title={t.homes.title} countWords={t.homes.count} filters={filters} query={{ area: values.area, kind: values.kind, compound: inCommunity ? values.compound : undefined }} columns={columns} rowId={(it) => it.id} rowHref={(it) => paths.person(it.person_id)}
      controls={
        <>
          <AreaPicker chip label={t.common.area} value={values.area} onChange={(area) => set({ area, compound: undefined })} />
          {inCommunity ? <FilterText label={t.homes.compound} value={values.compound} onChange={(compound) => set({ compound })} /> : <span className="muted">{t.homes.compoundFirst}</span>}
          <FilterSelect label={t.homes.kind} value={values.kind} options={optionsOf(words.homeKind)} onChange={(kind) => set({ kind })} />
        </>
      }
      card={(it) => (
        <>
          <Link className="card-title" to={paths.person(it.person_id)}>{it.masked_name}<small>{t.gap}{t.people.tail(it.tail)}</small></Link>
          <div className="card-line"><span>{address(it, words)}</span><span>{t.homes.household(number(it.household, lang))}</span></div>
          <div className="card-line"><span>{it.area_name}{t.gap}{words.homeKind[it.kind]}</span></div>
        </>
      )}
      empty={<EmptyState title={t.homes.none} text={t.homes.noneHint} />}
    />
  );
}
