import { keepPreviousData, type QueryKey, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AnswerOf, type Asking, ask, type Path } from './client.js';

interface More {
  readonly enabled?: boolean;
  readonly staleTime?: number;
  readonly retry?: boolean;
  readonly refetchInterval?: number;
  /** The answer before stays in sight until the next one is there. */
  readonly keeps?: boolean;
}

/**
 * A question to the API, kept under its key: everything that it depends on belongs into it. What comes is for
 * `<Answer of={…}>`: `useAsk(['clock'], '/api/v1/clock', {})`.
 */
export function useAsk<P extends Path>(
  queryKey: QueryKey,
  path: P,
  about: Asking<P>,
  { keeps = false, ...more }: More = {},
) {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => ask(path, about, signal),
    ...(keeps && { placeholderData: keepPreviousData }),
    ...more,
  });
}

/** For answers that follow each other, such as those of a slider. */
export const KEEPS = { keeps: true } as const;

/** A list as a table takes it. */
export interface Listed<Row> {
  /** Undefined while they are loaded. All of them, or the pages read so far. */
  readonly rows: readonly Row[] | undefined;
  /** They answer the question before; those of this one are on their way. */
  readonly isOld?: boolean;
  readonly error?: unknown;
  readonly retry?: () => void;
  /** Of lists that come page by page. */
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void };
}

interface Asked<Row> {
  readonly data: { readonly rows: readonly Row[] } | undefined;
  readonly isPlaceholderData: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** A list that is answered whole: `<DataTable of={listOf(tariffs)} … />`. */
export const listOf = <Row>({ data, isPlaceholderData, error, refetch }: Asked<Row>): Listed<Row> => ({
  rows: data?.rows,
  isOld: isPlaceholderData,
  error,
  retry: () => void refetch(),
});

type RowOf<P extends Path> = AnswerOf<P> extends { rows: (infer Row)[] } ? Row : never;
interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/**
 * A list that is read page by page, for `<DataTable of={…} />`:
 * `usePages(['jobs', state], '/api/v1/jobs', { query: { state } })`.
 */
export function usePages<P extends Path>(queryKey: QueryKey, path: P, about: Asking<P>) {
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = about as { readonly query?: object };
      return ask(path, { ...asked, query: { ...asked.query, cursor } } as Asking<P>, signal);
    },
    getNextPageParam: page => (page as ListPage<unknown>).next ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      rows: pages.flatMap(page => (page as ListPage<RowOf<P>>).rows),
      first: pages[0],
    }),
  });
  return {
    rows: query.data?.rows,
    /** The first page, for what an answer says beside its rows. */
    first: query.data?.first,
    isOld: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    more: {
      has: query.hasNextPage,
      loading: query.isFetchingNextPage,
      load: () => void query.fetchNextPage(),
    },
  };
}
