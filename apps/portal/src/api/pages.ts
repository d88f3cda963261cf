import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

/** A page of a list as the API answers it. */
export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

/**
 * A list that is read page by page:
 * `const list = usePages(['calls', account], (cursor, signal) => answered(api.GET(…, { signal })))`, then
 * `<DataTable rows={list.rows} more={list.more} error={list.error} retry={list.retry} … />`.
 * @param key of the query; everything that the question depends on belongs into it
 */
export function usePages<Row>(
  key: QueryKey,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: page => page.next ?? undefined,
    placeholderData: keepPreviousData,
    select: data => ({ rows: data.pages.flatMap(page => page.rows), first: data.pages[0] }),
  });
  return {
    rows: query.data?.rows,
    /** The first page, for what an answer says beside its rows. */
    first: query.data?.first,
    /** These are the rows of the question before; those of this one are on their way. */
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
