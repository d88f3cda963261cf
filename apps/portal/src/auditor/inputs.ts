/** `2026-10-05T12:01` or with seconds, as a field gives it, on the clocks of Japan: an instant of the API. */
export function instantOf(local: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(local)) return undefined;
  return `${local.length === 16 ? `${local}:00` : local}+09:00`;
}

const POSITION = /^[1-9]\d{0,14}$/;

/** Whether a range is one: whole numbers from 1 on, in order; an empty end is open. */
export function isRange({ from, to }: { readonly from: string; readonly to: string }): boolean {
  if ([from, to].some(end => end !== '' && !POSITION.test(end))) return false;
  return from === '' || to === '' || Number(from) <= Number(to);
}
