/**
 * Work by name that takes long enough to hold others up. Each piece is pure: what it is given and what it
 * gives are plain values, so that it can be done in another thread.
 */
export type Tasks<T> = { readonly [Name in keyof T]: (...args: never[]) => unknown };

/** More waits already than can be done in the time that people wait. Nothing was done; try again later. */
export class HeavyWorkBusy extends Error {
  override readonly name = 'HeavyWorkBusy';
}

/** A piece took more time or memory than one may, and was given up: trying again will not help. */
export class HeavyWorkTooMuch extends Error {
  override readonly name = 'HeavyWorkTooMuch';
}

/** Where heavy work is done. Those who ask for it take turns: many pieces of one hold up nobody else. */
export interface HeavyWork<T extends Tasks<T>> {
  /**
   * @param whose who asks for it, e.g. the id of the actor
   * @throws HeavyWorkBusy, HeavyWorkTooMuch, and what the piece itself throws
   */
  run<Name extends keyof T>(
    whose: string,
    name: Name,
    ...args: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>>;
  /** Gives up what waits and what is under way. */
  close(): Promise<void>;
}

/** For a process that serves nobody else meanwhile: each piece is done at once, where it is asked for. */
export const inThisThread = <T extends Tasks<T>>(tasks: T): HeavyWork<T> => ({
  async run(_whose, name, ...args) {
    return (await tasks[name](...(args as never[]))) as never;
  },
  close: async () => {},
});
