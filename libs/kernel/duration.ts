/**
 * A talk time as the statement prints it, to tenths of a second, hours not capped: `28:49:53.5` (US-06).
 * Finer digits are cut.
 * @throws RangeError unless `milliseconds` is a safe integer of at least 0.
 */
export function formatDuration(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0)
    throw new RangeError(`not a duration: ${milliseconds}`);
  const tenths = Math.floor(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}.${tenths % 10}`;
}

/**
 * The same with `-` before it when talk time is taken back: a call of a closed month that is reversed in a
 * later one.
 */
export const formatSignedDuration = (milliseconds: number): string =>
  milliseconds < 0 ? `-${formatDuration(-milliseconds)}` : formatDuration(milliseconds);
