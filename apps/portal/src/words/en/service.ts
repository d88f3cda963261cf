import type { service as ja } from '../ja/service.js';
import type { SameKeys } from '../same-keys.js';

export const service: SameKeys<typeof ja> = {
  name: 'Terms and notices',
  lead: 'The terms of the service, incidents and maintenance, and manuals.',
  terms: 'Terms of service',
  termsNote:
    'Changed terms count as accepted where you do not object within a week after the notice, or use the ' +
    'service after it.',
  toTerms: 'Open the terms of {{day}}',
  objectUntil: 'Objections until',
  accepted: 'Nobody objected, so they count as accepted since',
  incidents: 'Incidents and maintenance',
  toIncidents: 'Open incidents and maintenance',
  manuals: 'Manuals and catalogues',
  toManuals: 'Open manuals and catalogues',
  none: 'There is no page at present',
};
