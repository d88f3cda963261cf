import { useEffect, useState } from 'react';
import { Problem, type ProblemBody } from './problem.js';

/** How far long work is, in the server's own words for what it counts. */
export interface Told {
  readonly done: number;
  readonly total: number | null;
  readonly what: string;
}

export interface Watched<Result> {
  readonly progress: Told | null;
  /** What the `end` of the stream brought. */
  readonly result: Result | null;
  readonly error: unknown;
}

const NOTHING = { progress: null, result: null, error: null } as const;

/**
 * Long work as it goes on: server-sent events `progress`, then `end` or `error`.
 * A connection that breaks is made again by the browser; what was refused is not.
 * @param address of a route (`addressOf`); null while nothing is watched
 */
export function useEventStream<Result>(address: string | null): Watched<Result> {
  const [watched, setWatched] = useState<Watched<Result>>(NOTHING);
  useEffect(() => {
    setWatched(NOTHING);
    if (address === null) return;
    const source = new EventSource(address);
    const told = (event: Event) => JSON.parse((event as MessageEvent<string>).data) as never;
    source.addEventListener('progress', event => {
      setWatched(before => ({ ...before, progress: told(event) }));
    });
    source.addEventListener('end', event => {
      source.close();
      setWatched(before => ({ ...before, result: told(event) }));
    });
    source.addEventListener('error', event => {
      const isTold = 'data' in event && typeof event.data === 'string';
      // Without data it is the connection: the browser tries again unless the answer was no stream at all.
      if (!isTold && source.readyState !== EventSource.CLOSED) return;
      source.close();
      const body: ProblemBody = isTold ? told(event) : { status: 0, code: 'OFFLINE', detail: '' };
      setWatched(before => ({ ...before, error: new Problem(body) }));
    });
    return () => source.close();
  }, [address]);
  return watched;
}
