import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

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

/**
 * What stands in the address, so that a page can be passed on and the back button means something.
 * `set({ month: '2026-10' })` changes these and leaves the rest; '' or undefined takes one away.
 */
export function useUrlState(): readonly [Search, (changes: Search) => void] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (changes: Search) => {
      const next = (before: Search) => ({ ...before, ...changes });
      void navigate({ to: '.', search: next as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return [search, set];
}

/** A `$name` of the page's path. @throws Error when the path has none of this name */
export function useParam(name: string): string {
  const value = (useParams({ strict: false }) as Search)[name];
  if (value === undefined) throw new Error(`the path has no $${name}`);
  return value;
}
