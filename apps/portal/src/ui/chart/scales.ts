import { max, min } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { toScale } from '../money-text.js';

/** One line or one set of bars; its values stand in the order of the points. */
export interface Series {
  readonly id: string;
  readonly name: string;
  /** Decimal text of money, or counts; null leaves a gap. */
  readonly values: readonly (string | number | null)[];
}

/** Where a value stands; drawing only, figures are shown as the text that they came as. */
export const placeOf = (value: string | number): number =>
  typeof value === 'number' ? value : toScale(value);

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Height of each stack of bars, or all values of lines: what the vertical scale has to reach. */
function reach(series: readonly Series[], count: number, stacked: boolean): number[] {
  if (!stacked)
    return series.flatMap(one => one.values.flatMap(value => (value === null ? [] : [placeOf(value)])));
  return Array.from({ length: count }, (_, i) =>
    series.reduce((sum, one) => sum + placeOf(one.values[i] ?? 0), 0),
  );
}

/** Scales of a chart: points side by side, values from zero to a round figure above the highest. */
export function scalesOf(points: readonly string[], series: readonly Series[], box: Box, stacked: boolean) {
  const values = reach(series, points.length, stacked);
  const x = scaleBand<number>()
    .domain(points.map((_, i) => i))
    .range([box.left, box.width - box.right])
    .paddingInner(0.25)
    .paddingOuter(0.1);
  const y = scaleLinear()
    .domain([Math.min(0, min(values) ?? 0), Math.max(max(values) ?? 0, 0) || 1])
    .nice(4)
    .range([box.height - box.bottom, box.top]);
  return { x, y, ticks: y.ticks(4) };
}

export type Scales = ReturnType<typeof scalesOf>;

/** Every n-th point gets its name, so that names do not run into each other. */
export function namedPoints(count: number, width: number, letters: number): number {
  const room = Math.max(1, Math.floor(width / (letters * 7 + 14)));
  return Math.max(1, Math.ceil(count / room));
}
