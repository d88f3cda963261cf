/** Where a call went, as the call history is filtered (CDR-01) and the statements are laid out (CDR-03). */
const DESTINATION_CLASSES = ['domestic', 'mobile', 'overseas'] as const;
export type DestinationClass = (typeof DESTINATION_CLASSES)[number];

const OVERSEAS = /国際|海外|international|overseas/i;
const MOBILE = /携帯|PHS|mobile|cellular/i;

/**
 * The class of a statement category (`destination` of a tariff row is its author's wording, its category is
 * what is printed). What is neither overseas nor mobile is domestic: 一般, IP, 着信.
 * @param exempt calls of this category were export-exempt: international calls are (J-05)
 */
export function destinationClass(category: string, exempt = false): DestinationClass {
  if (exempt || OVERSEAS.test(category)) return 'overseas';
  return MOBILE.test(category) ? 'mobile' : 'domestic';
}
