// What the server finds wrong with the form that is being edited.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { post, type ApiError, type FormDefinition, type FormFault } from '../../api';
import { useDebounced } from '../parts/useDebounced';
import { placeAll, type Placed } from './faults';

/** The draft's name on this device. */
export const DRAFT = 'application-form';
const PAUSE_MS = 500;

export interface Looked {
  faults: Placed[];
  /** Null until the server has looked at this form once. */
  known: number | null;
  checking: boolean;
  error: ApiError | null;
  /** Looks at once; null when nobody could. */
  look: () => Promise<Placed[] | null>;
}

/** What the server finds wrong, when the typing pauses. */
export function useFaults(form: FormDefinition): Looked {
  const client = useQueryClient();
  const settled = useDebounced(form, PAUSE_MS);
  const question = (definition: FormDefinition) => ({
    queryKey: ['form-faults', definition],
    queryFn: async ({ signal }: { signal: AbortSignal }) => (await post('/application-forms/faults', { body: { definition }, signal })).faults,
    staleTime: Infinity,
  });
  const query = useQuery<FormFault[], ApiError>({ ...question(settled), placeholderData: keepPreviousData, gcTime: 60_000 });
  const faults = useMemo(() => placeAll(form, query.data ?? []), [form, query.data]);
  return {
    faults,
    known: query.data ? faults.length : null,
    checking: query.isFetching || settled !== form,
    error: query.error,
    look: async () => {
      try {
        return placeAll(form, await client.fetchQuery(question(form)));
      } catch {
        return null;
      }
    },
  };
}
