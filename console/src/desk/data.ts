// Reading through the query cache, and writing with an idempotency key that survives a retry.
import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ApiError, get, type GetRoutes, type ListPath, type Lists, type Page, type PathArgs } from '../api';
import { uuid } from '../shared/uuid';

export const PAGE_SIZE = 50;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The client already repeats what may be repeated.
      queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Everything under one word of the address ("people") is one family, invalidated together. */
export function family(path: string): string {
  return path.split('/')[1] ?? path;
}

type GetPath = keyof GetRoutes & string;
export type GetArgs<P extends GetPath> = PathArgs<P> & { query?: GetRoutes[P]['query'] };

export function getKey<P extends GetPath>(path: P, args: GetArgs<P>): readonly unknown[] {
  return [family(path), path, args];
}

interface ReadOptions { enabled?: boolean; refetchInterval?: number | false; keep?: boolean; staleTime?: number }

export function useGet<P extends GetPath>(path: P, args: GetArgs<P>, options: ReadOptions = {}): UseQueryResult<GetRoutes[P]['answer'], ApiError> {
  const { keep, ...rest } = options;
  return useQuery<GetRoutes[P]['answer'], ApiError>({
    queryKey: getKey(path, args),
    queryFn: ({ signal }) => (get as (path: P, options: unknown) => Promise<GetRoutes[P]['answer']>)(path, { ...args, signal }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...rest,
  });
}

export interface ListRead<Item> {
  items: Item[];
  error: ApiError | null;
  loading: boolean;
  refreshing: boolean;
  more: (() => void) | null;
  loadingMore: boolean;
  retry: () => void;
}

/** A keyset-paged list; `more` is null at its end. */
export function usePages<Item>(key: readonly unknown[], load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>, enabled = true): ListRead<Item> {
  const query = useInfiniteQuery<Page<Item>, ApiError, { pages: Page<Item>[] }, readonly unknown[], string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    error: query.error,
    loading: query.isPending && enabled,
    refreshing: query.isFetching && !query.isFetchingNextPage && !query.isPending,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    loadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
  };
}

export function useList<P extends ListPath>(path: P, filter: Lists[P]['filter'], sort?: string, enabled = true): ListRead<Lists[P]['item']> {
  return usePages<Lists[P]['item']>(
    [family(path), path, 'pages', filter, sort],
    (cursor, signal) => {
      const query = { ...filter, sort, cursor, limit: PAGE_SIZE };
      return (get as (path: ListPath, options: unknown) => Promise<Page<Lists[P]['item']>>)(path, { query, signal });
    },
    enabled,
  );
}

export function useCount<P extends ListPath>(path: P, filter: Lists[P]['filter'], enabled = true): number | null {
  const query = useQuery<{ count: number }, ApiError>({
    queryKey: [family(path), path, 'count', filter],
    queryFn: ({ signal }) => (get as (path: string, options: unknown) => Promise<{ count: number }>)(`${path}/count`, { query: filter, signal }),
    enabled,
    // Asked whenever its list is: a number that is older than the rows beside it contradicts them.
    staleTime: 0,
  });
  return query.data?.count ?? null;
}

export function useInvalidate(): (...families: string[]) => void {
  const client = useQueryClient();
  return useCallback((...families: string[]) => families.forEach((name) => void client.invalidateQueries({ queryKey: [name] })), [client]);
}

export interface Submit<Values, Answer> {
  submit: (values: Values) => Promise<Answer | undefined>;
  pending: boolean;
  error: ApiError | null;
  clear: () => void;
}

/**
 * One write. When nobody knows whether it arrived (no network, 503), sending the same values again
 * reuses the idempotency key, so it is done once.
 */
export function useSubmit<Values, Answer>(
  send: (values: Values, idempotencyKey: string) => Promise<Answer>,
  options: { onDone?: (answer: Answer, values: Values) => void; onError?: (error: ApiError) => void; invalidates?: string[] } = {},
): Submit<Values, Answer> {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const unsure = useRef<{ values: string; key: string } | null>(null);
  const invalidate = useInvalidate();

  async function submit(values: Values): Promise<Answer | undefined> {
    const text = JSON.stringify(values);
    const key = unsure.current?.values === text ? unsure.current.key : uuid();
    setPending(true);
    setError(null);
    try {
      const answer = await send(values, key);
      unsure.current = null;
      invalidate(...(options.invalidates ?? []));
      options.onDone?.(answer, values);
      return answer;
    } catch (thrown) {
      const failure = thrown instanceof ApiError ? thrown : new ApiError(0, { code: 'internal' });
      unsure.current = failure.isUncertain ? { values: text, key } : null;
      setError(failure);
      options.onError?.(failure);
      return undefined;
    } finally {
      setPending(false);
    }
  }
  return { submit, pending, error, clear: () => setError(null) };
}
