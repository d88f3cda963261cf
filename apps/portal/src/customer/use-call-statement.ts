import { useQuery } from '@tanstack/react-query';
import { call, download } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';
import { ofAccount, queryText } from './questions.js';

type Asked = Readonly<Record<string, string | undefined>>;

/**
 * A statement of calls, by number (CDR-03) or by destination (CDR-04), and the way to have it as CSV.
 * @param asked the question, as the API takes it
 */
export function useCallStatement<Statement>(by: 'number' | 'destination', asked: Asked) {
  const account = useAccount();
  const toasts = useToasts();
  const path = (more: Asked = {}) =>
    ofAccount(account, `/${by}-statement${queryText({ ...asked, ...more })}`);
  const { data, error, refetch } = useQuery({
    queryKey: [`${by}-statement`, account, asked],
    queryFn: ({ signal }) => call<Statement>('GET', path(), { signal }),
  });
  const save = () =>
    download(path({ language: language() }), `${by}s-${account}.csv`, 'text/csv').catch(toasts.failed);
  return { data, error, retry: () => void refetch(), csv: () => void save() };
}
