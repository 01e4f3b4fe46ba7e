// The form that is being edited: kept in the browser, step by step, and looked at by the server.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { post, type ApiError, type FormDefinition, type FormFault, type FormView } from '../../api';
import { readDraft } from '../parts/drafts';
import { useDebounced } from '../parts/useDebounced';
import { useEdited, type Edited } from '../parts/useEdited';
import { placeAll, type Placed } from './faults';
import { back, forth, freshTrail, stepped, type Trail } from './trail';

const DRAFT = 'application-form';
const PAUSE_MS = 500;

/** Whether somebody has begun a version on this device. */
export function hasDraft(): boolean {
  return readDraft(DRAFT) !== null;
}

export interface FormEdit {
  form: FormDefinition;
  edited: Edited<FormDefinition>;
  /** Changes of one mark, one after the other, are one step. */
  change: (next: FormDefinition, mark?: string) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
}

export function useFormEdit(view: FormView): FormEdit {
  const edited = useEdited(DRAFT, view.definition, view.version);
  const [trail, setTrail] = useState<Trail<FormDefinition>>(freshTrail);
  const form = edited.value;
  const go = (step: { trail: Trail<FormDefinition>; value: FormDefinition } | null) => (step ? () => { setTrail(step.trail); edited.set(step.value); } : null);
  const forget = () => setTrail(freshTrail());
  return {
    form,
    edited: { ...edited, takeTheirs: () => { forget(); edited.takeTheirs(); }, saved: (value, version) => { forget(); edited.saved(value, version); } },
    change: (next, mark) => {
      if (next === form) return;
      setTrail(stepped(trail, form, mark ?? null));
      edited.set(next);
    },
    undo: go(back(trail, form)),
    redo: go(forth(trail, form)),
  };
}

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
