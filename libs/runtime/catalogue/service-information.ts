import { countAsAccepted, objectionsUntil } from '#contracts';
import { BusinessDay } from '#kernel';
import { type PolicyState, policyOf, valuesUntil } from '#policies';
import type { ServiceInformationView } from './catalogue.shapes.js';

const urlOrNull = (url: string): string | null => (url === '' ? null : url);

/** Terms with the notices of their changes, and where incidents and manuals are told of (INF-40, INF-41). */
export function serviceInformation(policies: PolicyState, today: BusinessDay): ServiceInformationView {
  const terms = valuesUntil(policies, 'provider.terms', today).filter(({ value }) => value !== '');
  return {
    terms: terms.map(({ value, validFrom }) => {
      const days = policyOf(policies, 'provider.terms-objection-days', validFrom);
      return {
        url: value,
        notifiedOn: BusinessDay.text(validFrom),
        objectUntil: BusinessDay.text(objectionsUntil(validFrom, days)),
        accepted: countAsAccepted(validFrom, days, today),
      };
    }),
    incidents: urlOrNull(policyOf(policies, 'provider.incidents', today)),
    manuals: urlOrNull(policyOf(policies, 'provider.manuals', today)),
  };
}
