import { get, type FactView } from '../../api';
import { usePages, type ListRead } from '../data';

const FACTS_PAGE = 200;

/** The facts of one person, newest first; of one kind, or all. */
export function useFacts(personId: string, kind: string | null): ListRead<FactView> {
  return usePages<FactView>(['people', 'facts', personId, kind], (cursor, signal) =>
    get('/people/{id}/facts', { path: { id: personId }, query: { kind: kind ?? undefined, cursor, limit: FACTS_PAGE }, signal }));
}
