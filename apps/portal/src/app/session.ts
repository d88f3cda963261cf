import { QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, onSignedOut, rememberCsrfToken, send } from '../api/client.js';
import { isSignedOut, Problem } from '../api/problem.js';
import { type Face, faceOf, type Language, type Session } from '../api/session.types.js';

const SESSION_KEY = ['session'] as const;

/** Reads again what failed for the moment, never what was refused. */
const worthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500);

/** One cache for all questions to the API. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: worthAnotherTry, staleTime: 10_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});

/** Tells the client and the cache who is signed in now; nothing of the one before stays. */
function takeSession(session: Session | null): void {
  const before = queries.getQueryData<Session | null>(SESSION_KEY);
  rememberCsrfToken(session?.csrfToken ?? '');
  const seen = (one: Session | null | undefined) => JSON.stringify([one?.loginId, one?.level, one?.viewing]);
  if (before && seen(before) !== seen(session)) {
    queries.removeQueries({ predicate: query => query.queryKey[0] !== SESSION_KEY[0] });
  }
  queries.setQueryData(SESSION_KEY, session);
}

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await ask('/api/v1/session', {}, signal);
      rememberCsrfToken(session.csrfToken);
      return session;
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
});

onSignedOut(() => takeSession(null));

/** The session of a page inside: there is one, or the frame would show the sign-in page. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('used outside of a session');
  return data;
}

/** Whose pages are shown. */
export const useFace = (): Face => faceOf(useSession());

/**
 * The account that the pages of customers are about: the one that was entered, else the login's own.
 * @throws Error on pages of staff, who look at no account
 */
export function useAccount(): string {
  const { viewing, account } = useSession();
  const shown = viewing?.account ?? account;
  if (shown === null) throw new Error('this login belongs to no account');
  return shown;
}

/**
 * Whether the pages may only be read: staff see a customer's pages as the customer does, and a customer
 * whose account is over reads its own.
 */
export const useReadOnly = (): boolean => {
  const session = useSession();
  return session.viewing?.readOnly === true || session.accountOver || session.role === 'auditor';
};

interface Where {
  readonly account?: string;
  readonly circle?: string;
  readonly unique?: string;
}

/** The acts of a session; each takes the session that the server answers. */
export function useSessionActs() {
  const client = useQueryClient();
  const act = async (sent: Promise<Session>): Promise<Session> => {
    const session = await sent;
    takeSession(session);
    return session;
  };
  return {
    act,
    signOut: async () => {
      await send('DELETE', '/api/v1/session', {}).catch(error => {
        if (!isSignedOut(error)) throw error;
      });
      takeSession(null);
      client.clear();
      queries.setQueryData(SESSION_KEY, null);
    },
    setLanguage: (language: Language) => act(send('PUT', '/api/v1/session/language', { body: { language } })),
    /** Goes down to a lower level; staff say why, and it is recorded. */
    enter: (where: Where, reason = '') =>
      act(send('POST', '/api/v1/session/enter', { body: where, command: { reason } })),
    leave: () => act(send('POST', '/api/v1/session/leave', {})),
  };
}
