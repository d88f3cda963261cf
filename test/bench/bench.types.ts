/** Sizes of a run: `full` measures, `quick` only shows that the benches still run. */
export type Size = 'full' | 'quick';

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** e.g. `calls/s`, `ms`, `MB`, `x`. */
  readonly unit: string;
  /** What was promised; without one the figure is only told. */
  readonly target?: { readonly at: 'least' | 'most'; readonly value: number };
}

/** What one bench found. */
export interface Finding {
  readonly bench: string;
  readonly title: string;
  /** How it was measured, in a sentence or two. */
  readonly method: string;
  readonly figures: readonly Figure[];
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  /** Runs only when asked for with `--big`. */
  readonly big?: boolean;
  /** @param directory empty, on the disk that is measured; removed afterwards */
  run(size: Size, directory: string): Promise<Omit<Finding, 'bench' | 'title'>>;
}

export const reached = ({ value, target }: Figure): boolean =>
  target === undefined || (target.at === 'least' ? value >= target.value : value <= target.value);
