// A browser's long story in two words. Order matters: most browsers claim to be others as well.
const BROWSERS = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

const nameIn = (table: readonly (readonly [string, RegExp])[], agent: string): string | undefined =>
  table.find(([, form]) => form.test(agent))?.[0];

/** `Chrome, Windows` of a `User-Agent`; what is unknown stands as it is, shortened. */
export function agentName(agent: string): string {
  const names = [nameIn(BROWSERS, agent), nameIn(SYSTEMS, agent)].filter(name => name !== undefined);
  return names.length > 0 ? names.join(', ') : agent.slice(0, 40) || '—';
}
