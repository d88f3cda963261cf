import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { ask } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { KEEPS, useAsk } from '../api/questions.js';
import type { SearchField } from '../ui/search-values.js';

/** A field for an account that suggests those whose id, name or number holds what was typed. */
export function useAccountField(label: string): SearchField {
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const query = { limit: '20', search };
  const { data } = useAsk(['accounts', 'suggested', search], '/api/v1/accounts', { query }, KEEPS);
  const suggestions = data?.rows.map(({ account, name }) => [account, name] as const) ?? [];
  return { name: 'account', label, suggestions, onType: setTyped };
}

/** An account by its id; null when there is none. */
export function useAccountOf(account: string | undefined) {
  return useQuery({
    queryKey: ['account', account, 'or none'],
    enabled: account !== undefined,
    queryFn: async ({ signal }) => {
      try {
        return await ask('/api/v1/accounts/{account}', { path: { account: account ?? '' } }, signal);
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 400)) return null;
        throw error;
      }
    },
  });
}
