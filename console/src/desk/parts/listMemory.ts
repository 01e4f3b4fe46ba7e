// How one user likes one list: hidden columns and saved views, kept in this browser. Filters hold ids and codes, never
// a person's name or number, so nothing here is about a person.
import { useCallback, useState } from 'react';
import type { ListPath } from '../../api';
import { useSession } from '../session/session';

export interface SavedView {
  name: string;
  /** Filters and sort order, as in the address. */
  view: string;
}

export interface ListMemory {
  /** Keys of columns that are not shown. */
  hidden: string[];
  views: SavedView[];
}

export const VIEWS_MAX = 20;
const EMPTY: ListMemory = { hidden: [], views: [] };

export function useListMemory(path: ListPath): [ListMemory, (change: Partial<ListMemory>) => void] {
  const key = `fugong.desk.list.${useSession().account.id}.${path}`;
  const [memory, setMemory] = useState(() => load(key));
  const change = useCallback((part: Partial<ListMemory>) => {
    const next = { ...load(key), ...part };
    setMemory(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that forbids storage still works; it only forgets.
    }
  }, [key]);
  return [memory, change];
}

/** The views with this one added, in the place of one of the same name; the oldest makes room. */
export function withView(views: SavedView[], added: SavedView): SavedView[] {
  return [...views.filter((it) => it.name !== added.name), added].slice(-VIEWS_MAX);
}

function load(key: string): ListMemory {
  try {
    return checked(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return EMPTY;
  }
}

function checked(stored: unknown): ListMemory {
  if (typeof stored !== 'object' || stored === null) return EMPTY;
  const { hidden, views } = stored as Partial<Record<keyof ListMemory, unknown>>;
  return {
    hidden: Array.isArray(hidden) ? hidden.filter((it) => typeof it === 'string') : [],
    views: Array.isArray(views) ? views.filter(isView) : [],
  };
}

function isView(it: unknown): it is SavedView {
  const view = it as Partial<Record<keyof SavedView, unknown>> | null;
  return typeof view?.name === 'string' && typeof view.view === 'string';
}
