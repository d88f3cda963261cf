import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client.js';
import { KEEPS, useAsk } from '../api/questions.js';
import { language } from '../words/index.js';

// What the pages of auditors ask the API, so that they share its answers.

export type LogEvent = Schemas['LogEvent'];
export type Finding = Schemas['AuditFinding'];
/** One thing that a proof has found. */
export type Found = Schemas['FoundProblem'];
export type Balance = Schemas['Balance'];
export type Lot = Schemas['Lot'];
export type TrialBalance = Schemas['TrialBalance'];
export type StaffAct = Schemas['StaffAct'];
export type Account = Schemas['Account'];
export type Difference = Schemas['Difference'];
export type Suspense = Schemas['Reconciliation']['suspense'];
/** An amount and its causes, each of the same form; calls below an invoice come without theirs. */
export type Explanation = Schemas['Explanation'];

/** What an event says in the page's language. */
export const saidBy = (event: { descriptionJa: string; descriptionEn: string }): string =>
  language() === 'en' ? event.descriptionEn : event.descriptionJa;

/** What a proof has found, in the page's language. */
export const foundText = ({ problem, problemJa }: Found): string =>
  language() === 'en' ? problem : problemJa;

/** Streams named by the hash of what somebody typed are shown without it, and cannot be asked for by it. */
export const hasHiddenName = (stream: string): boolean => stream.endsWith('(hidden)');

/** Events of the log, counted: their positions have no gaps. Also the last one itself. */
export const useHead = () =>
  useQuery({
    queryKey: ['events', 'head'],
    queryFn: async ({ signal }) => {
      const { rows } = await ask('/api/v1/events', { query: { limit: '8' } }, signal);
      return { rows, head: rows[0]?.position ?? 0 };
    },
  });

export const useEventTypes = () =>
  useAsk(['event-types'], '/api/v1/event-types', {}, { staleTime: Number.POSITIVE_INFINITY });

/** Debits and credits: of all accounts, or of one, now or as of an instant. */
export const useTrialBalance = (account?: string, asOf?: string) =>
  useAsk(['trial-balance', account, asOf], '/api/v1/trial-balance', { query: { account, asOf } }, KEEPS);

export const explanationQuery = (id: string) => ({
  queryKey: ['explanation', id],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await ask('/api/v1/explanations/{id}', { path: { id } }, signal)) as object as Explanation,
});
