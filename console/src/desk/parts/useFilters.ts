import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { withQuery } from '../paths';

/** What a list needs to know of its filters. */
export interface ListState {
  values: Partial<Record<string, string>>;
  clear: () => void;
  /** How many filters are set. */
  active: number;
  sort: string | undefined;
  setSort: (sort: string | undefined) => void;
  open: string | null;
  setOpen: (id: string | null) => void;
  /** The address of this list, as filtered, with one item open. */
  href: (id: string) => string;
  /** The filters and the sort order as text, to come back to. */
  view: string;
  setView: (view: string) => void;
}

export interface Filters<K extends string> extends ListState {
  values: Partial<Record<K, string>>;
  set: (changes: Partial<Record<K, string | undefined>>) => void;
}

/** Filters, sort order and the open item live in the address, so that a link can be sent. */
export function useFilters<const K extends string>(names: readonly K[], tabs: readonly K[] = []): Filters<K> {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const namesKey = names.join();
  const values = useMemo(() => {
    const params = new URLSearchParams(text);
    const found: Partial<Record<K, string>> = {};
    for (const name of namesKey.split(',') as K[]) {
      const value = params.get(name);
      if (value) found[name] = value;
    }
    return found;
  }, [text, namesKey]);

  const change = useCallback(
    (changes: Record<string, string | null | undefined>, replace: boolean) => {
      setSearch((before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      }, { replace });
    },
    [setSearch],
  );

  const setView = useCallback((view: string) => setSearch(new URLSearchParams(view), { replace: true }), [setSearch]);
  const clearable = names.filter((name) => !tabs.includes(name));
  return {
    values,
    set: (changes) => change(changes as Record<string, string | undefined>, true),
    clear: () => change(Object.fromEntries(clearable.map((name) => [name, null])), true),
    active: clearable.filter((name) => values[name]).length,
    sort: search.get('sort') ?? undefined,
    setSort: (sort) => change({ sort }, true),
    open: search.get('open'),
    setOpen: (id) => change({ open: id }, false),
    href: (id) => withQuery('', { ...Object.fromEntries(search), open: id }),
    view: viewOf(text),
    setView,
  };
}

function viewOf(text: string): string {
  const params = new URLSearchParams(text);
  params.delete('open');
  params.sort();
  return params.toString();
}
