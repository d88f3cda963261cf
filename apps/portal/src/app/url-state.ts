import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';

/** All that stands behind the `?` is text: `050…` stays a number of a telephone. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const set = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

type Search = Readonly<Record<string, string | undefined>>;
type Changes = Search | ((before: Search) => Search);

/**
 * What stands in the address, so that a page can be passed on and the back button means something.
 * `set({ month: '2026-10' })` changes these and leaves the rest; '' or undefined takes one away. A function
 * is told what stands there by then.
 */
export function useUrlState(): readonly [Search, (changes: Changes) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (changes: Changes) => {
      const next = (before: Search) => ({
        ...before,
        ...(typeof changes === 'function' ? changes(before) : changes),
      });
      void navigate({ to: '.', search: next as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return [search, set];
}

/**
 * What somebody is changing, shown at once; the address follows when it pauses. What is typed until the
 * address has followed is not lost to it.
 * @param given what stands in the address
 * @param follow writes it there
 */
export function useAhead<Value extends string | number>(
  given: Value,
  follow: (value: Value) => void,
  pauseMs: number,
): readonly [Value, (value: Value) => void] {
  const [ahead, setAhead] = useState<Value | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: waits for the two of them alone
  useEffect(() => {
    if (ahead === null) return;
    if (ahead === given) return setAhead(null);
    const pause = setTimeout(() => follow(ahead), pauseMs);
    return () => clearTimeout(pause);
  }, [ahead, given]);
  return [ahead ?? given, setAhead];
}

/** A `$name` of the page's path. @throws Error when the path has none of this name */
export function useParam(name: string): string {
  const value = (useParams({ strict: false }) as Search)[name];
  if (value === undefined) throw new Error(`the path has no $${name}`);
  return value;
}
