import { Button } from 'antd';
import type { ReactNode } from 'react';
import { exportHref, type ListPath, type Lists } from '../../api';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useCount, useList } from '../data';
import { useDesk } from '../strings';
import { ColumnMenu } from './ColumnMenu';
import { DataTable, type Column } from './DataTable';
import { ExportMenu } from './ExportMenu';
import { useListMemory } from './listMemory';
import { SelectionBar, useSelection } from './SelectionBar';
import { SidePanel } from './SidePanel';
import { FilteredEmptyState } from './states';
import type { ListState } from './useFilters';
import { usePhone } from './useMedia';
import { ViewMenu } from './ViewMenu';

/** Lists whose rows have an id of their own. */
type RowPath = Exclude<ListPath, '/areas'>;

export interface ListPageProps<P extends RowPath> {
  path: P;
  title: string;
  /** "128 家企业": the count in the list's own measure word. */
  countWords: (count: string) => string;
  filters: ListState;
  /** What goes to the server; by default the filters as they are. */
  query?: Lists[P]['filter'];
  controls?: ReactNode;
  tabs?: ReactNode;
  actions?: ReactNode;
  columns: Column<Lists[P]['item']>[];
  rowId: (item: Lists[P]['item']) => string;
  /** Where a row leads: by default the same list with the row open. */
  rowHref?: (item: Lists[P]['item']) => string;
  card: (item: Lists[P]['item']) => ReactNode;
  empty: ReactNode;
  /** The details of the open row, beside the table. */
  panel?: { label: string; content: ReactNode } | null;
  /** What can be done with the chosen rows, beside exporting them. */
  bulk?: (chosen: Lists[P]['item'][], clear: () => void) => ReactNode;
  notice?: ReactNode;
}

/**
 * Every list of the desk: title with count, export of exactly what is filtered or chosen, saved views, filters, table
 * with chosen columns or cards, details.
 */
export function ListPage<P extends RowPath>(props: ListPageProps<P>) {
  const { path, filters, rowId } = props;
  const t = useDesk();
  const { lang } = useLang();
  const query = props.query ?? (filters.values as Lists[P]['filter']);
  const list = useList(path, query, filters.sort);
  const count = useCount(path, query);
  const [memory, remember] = useListMemory(path);
  const selection = useSelection(list.items, rowId, JSON.stringify(query));
  const phone = usePhone();
  const columns = props.columns.filter((it, at) => at === 0 || !memory.hidden.includes(it.key));
  const at = filters.open ? list.items.findIndex((item) => rowId(item) === filters.open) : -1;
  const step = (by: number) => {
    const item = at < 0 ? undefined : list.items[at + by];
    return item ? () => filters.setOpen(rowId(item)) : null;
  };
  const shown = count === null ? '' : number(count, lang);
  return (
    <div className="list-page">
      <div className="list-main">
        <div className="page-head">
          <h1>{props.title}{shown ? <small>{props.countWords(shown)}</small> : null}</h1>
          <div className="page-actions">
            <ExportMenu href={(format) => exportHref(path, query, lang, format)} text={count ? t.list.export(shown) : t.list.exportNone} disabled={count === 0} />
            {props.actions}
          </div>
        </div>
        {props.tabs}
        {props.controls || !phone ? (
          <div className="filters" role="group" aria-label={t.list.filters}>
            {props.controls ? <ViewMenu views={memory.views} current={filters.view} onApply={filters.setView} onChange={(views) => remember({ views })} /> : null}
            {props.controls}
            {filters.active > 0 ? <Button type="link" size="small" onClick={filters.clear}>{t.list.clear}</Button> : null}
            {phone ? null : <ColumnMenu columns={props.columns} hidden={memory.hidden} onChange={(hidden) => remember({ hidden })} />}
          </div>
        ) : null}
        {props.notice}
        <SelectionBar selection={selection} href={(format) => exportHref(path, query, lang, format, selection.items.map((it) => it.id))}>
          {props.bulk?.(selection.items, selection.clear)}
        </SelectionBar>
        <DataTable
          list={list} columns={columns} selection={selection} rowId={rowId} card={props.card} label={props.title}
          rowHref={props.rowHref ?? ((item) => filters.href(rowId(item)))}
          openId={filters.open} sort={filters.sort} onSort={filters.setSort} total={count}
          empty={filters.active > 0 ? <FilteredEmptyState onClear={filters.clear} /> : props.empty}
        />
      </div>
      {filters.open && props.panel ? (
        <SidePanel label={props.panel.label} onClose={() => filters.setOpen(null)} onPrevious={step(-1)} onNext={step(1)}>
          {props.panel.content}
        </SidePanel>
      ) : null}
    </div>
  );
}
