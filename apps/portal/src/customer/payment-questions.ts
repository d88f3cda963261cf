import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';

export const paymentsKey = (account: string) => ['payments', account] as const;

export const prepaidSettingsKey = (account: string) => ['prepaid-settings', account] as const;

export const usePrepaidSettings = (account: string) =>
  useAsk([...prepaidSettingsKey(account)], '/api/v1/accounts/{account}/prepaid-settings', {
    path: { account },
  });

/** A registered card as its holder knows it. */
export function useCardName(): (
  card: Pick<Schemas['PrepaidSettings']['cards'][number], 'brand' | 'lastFour'>,
) => string {
  const { t } = useTranslation('customer');
  return ({ brand, lastFour }) => t('prepaidSettings.cardOf', { brand, lastFour });
}

export const usePaymentWays = () => useAsk(['payment-ways'], '/api/v1/payment-ways', {});

/** The name of a chain of shops as customers know it; its code where it is offered no more. */
export function useChainName(): (code: string) => string {
  const { i18n } = useTranslation();
  const chains = usePaymentWays().data?.ways.flatMap(way => way.chains) ?? [];
  return code => chains.find(one => one.code === code)?.[i18n.language === 'ja' ? 'ja' : 'en'] ?? code;
}
