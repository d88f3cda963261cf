import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, type Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { useFace, useSession } from '../app/session.js';
import type { Manners } from '../ui/doing.js';
import { circlesKey } from './questions.js';

// What the pages about contracts ask, and for whom: customers for themselves, staff for a customer.

export type Contract = Schemas['Contract'];
export type Ending = Schemas['Cancellation'];

/** Rows of a page of the API, as many as it gives. */
const PAGE = '500';

/** Whose contracts a page is about: the account of its address (staff), else that of the customer. */
export function useWhose() {
  const named: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const { viewing, account } = useSession();
  const whose = named['account'] ?? viewing?.account ?? account;
  if (whose === null) throw new Error('this page is about no account');
  const base = named['account'] === undefined ? '' : `/accounts/${whose}`;
  return {
    account: whose,
    /** They are customers, about themselves. */
    isOwn: base === '',
    /** Where a page about the same account is: `/contracts/cancel`. */
    at: (path: string) => `${base}${path}`,
  };
}

/** Staff say why they buy or cancel for a customer. */
export const useBuyingManners = (): Manners => ({ reason: useFace() === 'staff' });

export const contractsKey = (account: string) => ['contracts', account] as const;

/** All contracts of an account in the order in which they began. @param ended with those that are over */
export function useContracts(account: string, ended: boolean) {
  return useQuery({
    queryKey: [...contractsKey(account), ended ? 'all' : 'current'],
    queryFn: async ({ signal }): Promise<{ readonly rows: readonly Contract[] }> => {
      const rows: Contract[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: PAGE, ended: ended ? ('yes' as const) : undefined, cursor };
        const page = await ask('/api/v1/accounts/{account}/contracts', { path: { account }, query }, signal);
        rows.push(...page.rows);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return { rows };
    },
  });
}

export const endingsKey = (account: string) => ['endings', account] as const;

/** What of the account of the page is cancelled as a whole, and when it ends. */
export function useEndings() {
  const { account } = useWhose();
  return useAsk(endingsKey(account), '/api/v1/accounts/{account}/endings', { path: { account } });
}

/** Names of the circles of an account by their ids; none for those who may not see them. */
export function useCircleNames(account: string): ReadonlyMap<string, string> {
  const may = useMay();
  const route = '/api/v1/accounts/{account}/circles';
  const isLower = useFace() === 'circle';
  const enabled = may(`GET ${route}`) && !isLower;
  const { data } = useAsk(circlesKey(account), route, { path: { account } }, { enabled });
  return useMemo(() => new Map(data?.rows.map(({ circle, name }) => [circle, name])), [data]);
}

interface Named {
  readonly nameJa: string;
  readonly nameEn: string;
}

/** What a product is called in the reader's language. */
export function useNameOf(): (of: Named) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback(({ nameJa, nameEn }: Named) => (language === 'en' ? nameEn : nameJa), [language]);
}
