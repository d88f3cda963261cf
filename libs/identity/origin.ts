/**
 * From where somebody signs in, told apart as coarsely as people do: a telephone that moves within its
 * network and a browser that updates itself are the same as before.
 */

const IPV4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/i;
/** Groups of 16 bits that are the network of an IPv6 address: what one customer is given (/48). */
const IPV6_NETWORK_GROUPS = 3;
/** Groups that are one link (/64): whoever has any address of it has all of them, 2^64. */
const IPV6_LINK_GROUPS = 4;

const withoutZeros = (group: string): string => group.toLowerCase().replace(/^0+(?=.)/, '');

/** The first groups of an IPv6 address, written alike however the address was. */
function groupsOf(address: string, count: number): string {
  const [plain = ''] = address.split('%');
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const groups = [...before, ...filled, ...after].slice(0, count);
  return groups.map(withoutZeros).join(':');
}

/**
 * The network of an address: /24 of IPv4, /48 of IPv6. What is no address is a network of its own.
 * @example networkOf('192.0.2.7') === '192.0.2.0/24'
 */
export function networkOf(address: string): string {
  const [, a, b, c] = IPV4.exec(address) ?? [];
  if (a !== undefined) return `${a}.${b}.${c}.0/24`;
  if (!address.includes(':')) return address;
  return `${groupsOf(address, IPV6_NETWORK_GROUPS)}::/48`;
}

/**
 * Whose tries are counted together: one address of IPv4, a /64 of IPv6, of which everybody can use as many
 * addresses as there are tries to make.
 * @example sourceOf('2001:db8:1:2::7') === '2001:db8:1:2::/64'
 */
export function sourceOf(address: string): string {
  if (IPV4.test(address) || !address.includes(':')) return address.replace(/^::ffff:/i, '');
  return `${groupsOf(address, IPV6_LINK_GROUPS)}::/64`;
}

/**
 * The network whose tries of one password count together: /24 of IPv4, /64 of IPv6.
 * @example triesFrom('192.0.2.7') === '192.0.2.0/24'
 */
export const triesFrom = (address: string): string =>
  IPV4.test(address) ? networkOf(address) : sourceOf(address);

/** In the order in which they are asked: many browsers name those they descend from. */
const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\b(OPR|Opera)\//],
  ['Samsung', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const;

type Families = readonly (readonly [name: string, form: RegExp])[];
const familyIn = (families: Families, agent: string): string =>
  families.find(([, form]) => form.test(agent))?.[0] ?? 'other';

/**
 * Browser and system of a `User-Agent`, without versions; of other programs the name before the first slash.
 * @example agentFamily('curl/8.5.0') === 'curl on other'
 */
export function agentFamily(agent: string): string {
  const known = familyIn(BROWSERS, agent);
  const [first = ''] = agent.split(/[/\s(]/);
  const name = known === 'other' && first !== 'Mozilla' && first !== '' ? first : known;
  return `${name} on ${familyIn(SYSTEMS, agent)}`;
}
