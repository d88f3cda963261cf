/** Waits until something holds, however long the machine takes; in vain after thousands of looks. */
export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 3_000; turn++) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}
