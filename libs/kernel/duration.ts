/** A talk time as the statement prints it, to tenths of a second, hours not capped: `28:49:53.5` (CASES US-06). Tenths are cut. */
export function formatDuration(milliseconds: number): string {
  const tenths = Math.floor(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}.${tenths % 10}`;
}
