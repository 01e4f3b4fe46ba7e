// The rulebook that is being edited: its draft, where the hand is, and what the server says of it.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { post, type ApiError, type Rulebook, type RulebookTried, type RulebookView } from '../../api';
import { useDraft } from '../parts/edit/useDraft';
import { useSpots } from '../parts/edit/useSpots';
import { useDebounced } from '../parts/useDebounced';
import { added, isAt, moved, nearest, removed, type ListName, type Spot } from './edit';
import { isUnwritten, placeAll, type Placed } from './faults';

/** The draft's name on this device. */
export const DRAFT = 'rulebook';
const PAUSE_MS = 600;

/** The name of an entry in the page, for whoever moves it from the keyboard. */
export function entryId(spot: Spot): string {
  return spot.on === 'days' ? 'entry-days' : `entry-${spot.on}-${spot.at}`;
}

const DEEDS = { nearest, moved, removed, isAt, entryId };

export function useEditing(view: RulebookView) {
  const draft = useDraft(DRAFT, view.definition, view.version);
  const begin: Spot = view.definition.routes.length > 0 ? { on: 'routes', at: 0 } : { on: 'days' };
  const spots = useSpots<Rulebook, Spot>(draft, begin, DEEDS);
  const tried = useTry(draft.value);
  const faults = tried.faults.filter((it) => !isUnwritten(it, spots.fresh));
  return {
    ...draft, ...spots, tried, faults, book: draft.value,
    add: (on: ListName) => spots.add(added(draft.value, on, spots.spot)),
    wrongAt: (input: string) => faults.filter((it) => it.fault.input === input && isAt(it.spot, spots.spot)),
  };
}

export type Editing = ReturnType<typeof useEditing>;

/** What the server finds wrong, and what the rulebook would do, when the typing pauses. */
function useTry(book: Rulebook) {
  const client = useQueryClient();
  const settled = useDebounced(book, PAUSE_MS);
  const question = (definition: Rulebook) => ({
    queryKey: ['rulebook-try', definition],
    queryFn: ({ signal }: { signal: AbortSignal }) => post('/rulebooks/tries', { body: { definition }, signal }),
    staleTime: 30_000,
  });
  const query = useQuery<RulebookTried, ApiError>({ ...question(settled), placeholderData: keepPreviousData, gcTime: 60_000 });
  const faults = useMemo(() => placeAll(book, query.data?.faults ?? []), [book, query.data]);
  return {
    faults,
    /** Null while it has faults, or nobody has looked at it yet. */
    effects: query.data?.effects ?? null,
    known: query.data !== undefined,
    checking: query.isFetching || settled !== book,
    error: query.error,
    retry: () => void query.refetch(),
    /** Looks at once; null when nobody could. */
    look: async (): Promise<Placed[] | null> => {
      try {
        return placeAll(book, (await client.fetchQuery({ ...question(book), staleTime: 0 })).faults);
      } catch {
        return null;
      }
    },
  };
}
