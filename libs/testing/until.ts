/** A machine that does other work may need a hundred times what it needs alone; what hangs ends here. */
const LIMIT_MS = 120_000;

/**
 * Asks again and again, and resolves when `condition` holds: how long that takes is the machine's matter.
 * @throws Error when `limitMs` have passed, naming what was waited for
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = LIMIT_MS,
): Promise<void> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > limitMs) throw new Error(`waited in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
