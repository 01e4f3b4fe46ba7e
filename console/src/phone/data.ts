// Reading through a query cache, and writing so that a repeated tap is the same write.
import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiError, get, type GetRoutes, type Page } from '../api';
import { uuid } from '../shared/uuid';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 15_000, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

type MyPath = Extract<keyof GetRoutes, `/me/${string}`>;

/** What the server says to a question of hers. */
export function useMine<P extends MyPath>(path: P, enabled = true): UseQueryResult<GetRoutes[P]['answer'], ApiError> {
  return useQuery<GetRoutes[P]['answer'], ApiError>({
    queryKey: [path],
    queryFn: ({ signal }) => (get as (path: P, options: unknown) => Promise<GetRoutes[P]['answer']>)(path, { signal }),
    enabled,
  });
}

export interface MyList<Item> {
  items: Item[];
  error: ApiError | null;
  loading: boolean;
  loadingMore: boolean;
  more: (() => void) | null;
  retry: () => void;
}

/** A list that grows page by page. */
export function useMyPages<Item>(path: MyPath, limit = 30): MyList<Item> {
  const query = useInfiniteQuery<Page<Item>, ApiError, { pages: Page<Item>[] }, readonly unknown[], string | undefined>({
    queryKey: [path, limit],
    queryFn: ({ pageParam, signal }) =>
      (get as (path: MyPath, options: unknown) => Promise<Page<Item>>)(path, { query: { limit, cursor: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return {
    items: query.data?.pages.flatMap((it) => it.items) ?? [],
    error: query.error,
    loading: query.isPending,
    loadingMore: query.isFetchingNextPage,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    retry: () => void query.refetch(),
  };
}

/** A write whose key stays the same until it has worked: a second tap, or a second try, does it once. */
export function useMyWrite<Arg, Answer>(
  write: (arg: Arg, idempotencyKey: string) => Promise<Answer>, changes: MyPath[], done?: (answer: Answer) => void,
): UseMutationResult<Answer, ApiError, Arg> {
  const client = useQueryClient();
  const key = useRef(uuid());
  return useMutation<Answer, ApiError, Arg>({
    mutationFn: (arg) => write(arg, key.current),
    onSuccess: async (answer) => {
      key.current = uuid();
      await Promise.all(changes.map((path) => client.invalidateQueries({ queryKey: [path] })));
      done?.(answer);
    },
    // A refused write was not done: what is sent next is another one.
    onError: (error) => {
      if (!error.isUncertain) key.current = uuid();
    },
  });
}
