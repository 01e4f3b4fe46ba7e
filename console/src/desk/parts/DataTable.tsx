import { Button, Checkbox, Skeleton, Table } from 'antd';
import type { ColumnType } from 'antd/es/table';
import { useCallback, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import type { ListRead } from '../data';
import { useDesk } from '../strings';
import { ErrorAlert } from './ErrorAlert';
import type { Selection } from './SelectionBar';
import { ErrorState } from './states';
import { usePhone } from './useMedia';

export interface Column<Item> {
  key: string;
  title: string;
  width?: number;
  align?: 'right';
  /** The server's sort orders of this column. */
  sort?: { ascend?: string; descend?: string };
  render: (item: Item) => ReactNode;
}

interface Props<Item> {
  list: ListRead<Item>;
  columns: Column<Item>[];
  rowId: (item: Item) => string;
  card: (item: Item) => ReactNode;
  label: string;
  empty: ReactNode;
  rowHref?: (item: Item) => string;
  openId?: string | null;
  sort?: string;
  onSort?: (sort: string | undefined) => void;
  total?: number | null;
  selection?: Selection<Item>;
}

/** A keyset-paged table; a list of cards on the phone. Loading, empty, error and offline are states of it. */
export function DataTable<Item extends object>(props: Props<Item>) {
  const { list, rowId, label } = props;
  const t = useDesk();
  const phone = usePhone();
  if (list.loading) return <div className="list-body" role="status" aria-label={t.states.loading}><Skeleton active title={false} paragraph={{ rows: 8 }} className="list-skeleton" /></div>;
  if (list.items.length === 0) {
    return <div className="list-body">{list.error ? <ErrorState error={list.error} retry={list.retry} /> : props.empty}</div>;
  }
  return (
    <div className="list-body" aria-busy={list.refreshing}>
      {list.error ? <div className="list-error"><ErrorAlert error={list.error} /><Button size="small" onClick={list.retry}>{t.actions.retry}</Button></div> : null}
      {phone ? (
        <ul className="cards" aria-label={label}>
          {list.items.map((item) => <li key={rowId(item)} className={rowId(item) === props.openId ? 'card open' : 'card'}>{props.card(item)}</li>)}
        </ul>
      ) : <Rows {...props} />}
      <More list={list} total={props.total ?? null} />
    </div>
  );
}

function Rows<Item extends object>({ list, columns, rowId, rowHref, openId, sort, onSort, label, selection }: Props<Item>) {
  const t = useDesk();
  const navigate = useNavigate();
  const tableColumns = columns.map((column): ColumnType<Item> => {
    const { ascend, descend } = column.sort ?? {};
    return {
      key: column.key, title: column.title, width: column.width, align: column.align, ellipsis: true,
      render: (_, item) => column.render(item),
      ...(column.sort
        ? {
            sorter: true, showSorterTooltip: false,
            sortDirections: [...(ascend ? ['ascend' as const] : []), ...(descend ? ['descend' as const] : [])],
            sortOrder: sort && sort === ascend ? 'ascend' as const : sort && sort === descend ? 'descend' as const : null,
          }
        : {}),
    };
  });
  return (
    <Table<Item>
      size="small" sticky pagination={false} dataSource={list.items} columns={tableColumns} rowKey={rowId} aria-label={label}
      rowSelection={selection && {
        columnWidth: 48, selectedRowKeys: selection.keys, onChange: (keys) => selection.choose(keys.map(String)),
        columnTitle: <ChooseAll ids={list.items.map(rowId)} selection={selection} />, getCheckboxProps: () => ({ 'aria-label': t.list.choose }),
      }}
      rowClassName={(item) => (rowId(item) === openId ? 'row-open' : rowHref ? 'row-link' : '')}
      onRow={(item) => ({
        'aria-selected': rowId(item) === openId || undefined,
        onClick: (event) => {
          const inside = (event.target as HTMLElement).closest('a,button,input,label,[role=button]');
          if (rowHref && !inside && !window.getSelection()?.toString()) void navigate(rowHref(item));
        },
      })}
      onChange={(_, __, sorter) => {
        if (Array.isArray(sorter)) return;
        const column = columns.find((it) => it.key === sorter.columnKey);
        onSort?.(sorter.order ? column?.sort?.[sorter.order] : undefined);
      }}
    />
  );
}

/** The heading's box. The table copies headings into a hidden row to measure them: there nothing may take the focus. */
function ChooseAll<Item>({ ids, selection }: { ids: string[]; selection: Selection<Item> }) {
  const t = useDesk();
  const [measured, setMeasured] = useState(true);
  const place = useCallback((span: HTMLSpanElement | null) => setMeasured(Boolean(span?.closest('[aria-hidden=true]'))), []);
  const all = ids.length > 0 && ids.every((it) => selection.keys.includes(it));
  return (
    <span ref={place}>
      {measured ? null : <Checkbox aria-label={t.list.chooseAll} checked={all} indeterminate={!all && selection.items.length > 0} onChange={() => selection.choose(all ? [] : ids)} />}
    </span>
  );
}

/** What is there sooner shows no sign of waiting, which would come and go under a finger. */
const SLOW = { delay: 300 };

function More<Item>({ list, total }: { list: ListRead<Item>; total: number | null }) {
  const t = useDesk();
  const { lang } = useLang();
  const shown = number(list.items.length, lang);
  return (
    <div className="list-more">
      <span>{list.more ? t.list.shown(shown, total === null ? '…' : number(total, lang)) : t.list.allShown(shown)}</span>
      {list.more ? <Button size="small" onClick={list.more} loading={list.loadingMore && SLOW}>{t.list.more}</Button> : null}
    </div>
  );
}
