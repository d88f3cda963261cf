/** Does work when its turn has come. */
export type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

/**
 * Costly work that anybody can ask for, done a few pieces at a time.
 * @param atOnce pieces under way at once, 1 or more
 * @param waitingAtMost pieces that wait; one more is refused at once with `busy`
 */
export function takingTurns(atOnce: number, waitingAtMost: number, busy: () => Error): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async work => {
    if (running < atOnce) running++;
    else {
      if (waiting.length >= waitingAtMost) throw busy();
      // Whoever ends hands its turn over: `running` stays as it is.
      await new Promise<void>(turn => waiting.push(turn));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
