import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useLang } from '../../i18n/LangProvider';
import { number } from '../../shared/format';
import { useDesk } from '../strings';
import { ExportMenu, type ListFormat } from './ExportMenu';

/** The server exports so many chosen rows at once; more are a filter's business. */
export const CHOSEN_MAX = 200;

export interface Selection<Item> {
  keys: string[];
  items: Item[];
  choose: (keys: string[]) => void;
  clear: () => void;
}

/** Rows chosen by hand. Another filter is another list, and nothing of it is chosen. */
export function useSelection<Item>(items: Item[], rowId: (item: Item) => string, filter: string): Selection<Item> {
  const [state, setState] = useState<{ filter: string; keys: string[] }>({ filter, keys: [] });
  const keys = state.filter === filter ? state.keys : [];
  const chosen = new Set(keys);
  return {
    keys,
    items: items.filter((it) => chosen.has(rowId(it))),
    choose: (next) => setState({ filter, keys: next }),
    clear: () => setState({ filter, keys: [] }),
  };
}

interface Props<Item> { selection: Selection<Item>; href: (format: ListFormat) => string; children?: ReactNode }

/** How many rows are chosen, and what can be done with them. */
export function SelectionBar<Item>({ selection, href, children }: Props<Item>) {
  const t = useDesk();
  const { lang } = useLang();
  const count = selection.items.length;
  if (count === 0) return null;
  return (
    <div className="selection-bar" role="group" aria-label={t.list.selection}>
      <b role="status">{t.list.chosen(number(count, lang))}</b>
      {children}
      <ExportMenu small href={href} text={t.list.exportChosen} disabled={count > CHOSEN_MAX} />
      <Button size="small" type="link" onClick={selection.clear}>{t.list.unchoose}</Button>
      {count > CHOSEN_MAX ? <small>{t.list.chosenMax(number(CHOSEN_MAX, lang))}</small> : null}
    </div>
  );
}
