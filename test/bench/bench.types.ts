/** `full` measures; `quick` only shows that the bench still runs: its figures mean nothing. */
export type Size = 'full' | 'quick';

export type Unit =
  | 'calls/s'
  | 'events/s'
  | 'rows/s'
  | 'commands/s'
  | 'commits/s'
  | 'accounts/s'
  | 's'
  | 'ms'
  | 'MB'
  | '%'
  | '';

export interface Target {
  readonly at: 'least' | 'most';
  readonly value: number;
}

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** What was promised; a figure without one is only told, such as a ceiling. */
  readonly target?: Target;
}

/** What a bench found, and how, in a few sentences. */
export interface Finding {
  readonly method: string;
  readonly figures: readonly Figure[];
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  /** Takes many minutes and tens of gigabytes: runs only with `--big`. */
  readonly big?: true;
  /** A program of the machine without which it is left out. */
  readonly needs?: string;
  /**
   * @param directory empty, on the disk that is measured; removed afterwards
   * @throws Error when the product did something else than what is measured: a wrong sum, a lost call
   */
  run(size: Size, directory: string): Promise<Finding>;
}

export const atLeast = (value: number): Target => ({ at: 'least', value });
export const atMost = (value: number): Target => ({ at: 'most', value });

export const isReached = ({ value, target }: Figure): boolean =>
  target === undefined || (target.at === 'least' ? value >= target.value : value <= target.value);
