import { placeOf, type Scales, type Series } from './scales.js';

/** Kinds have a shape and a colour each, so that nobody has to tell them by colour. */
export interface Mark {
  /** Index of its point. */
  readonly at: number;
  readonly kind: 'good' | 'bad';
  /** What all marks of this kind are. */
  readonly name: string;
}

/** The colour of the n-th series. */
export const colour = (index: number): string => `series-${(index % 6) + 1}`;

interface LegendProps {
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
}

/** Which series and marks there are; one line alone says what it is in the caption. */
export function Legend({ series, marks = [] }: LegendProps) {
  const kinds = [...new Map(marks.map(mark => [mark.kind, mark])).values()];
  if (series.length <= 1 && kinds.length === 0) return null;
  return (
    <ul className="legend">
      {series.map((one, i) => (
        <li key={one.id}>
          <span className={`swatch ${colour(i)}`} aria-hidden="true" />
          {one.name}
        </li>
      ))}
      {kinds.map(({ kind, name }) => (
        <li key={kind}>
          <svg className="swatch" viewBox="-6 -6 12 12" aria-hidden="true">
            <path className={`mark ${kind}`} d={SHAPES[kind]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

const SHAPES = { good: 'M0,-5 L5,4 L-5,4 Z', bad: 'M0,5 L5,-4 L-5,-4 Z' } as const;

/** Charges point up, expiries point down. */
export function Marks({
  marks,
  values,
  scales: { x, y },
}: {
  marks: readonly Mark[];
  values: Series['values'];
  scales: Scales;
}) {
  return (
    <g>
      {marks.map(({ at, kind }) => (
        <path
          key={`${kind} ${at}`}
          className={`mark ${kind}`}
          d={SHAPES[kind]}
          transform={`translate(${(x(at) ?? 0) + x.bandwidth() / 2} ${y(placeOf(values[at] ?? 0))})`}
        />
      ))}
    </g>
  );
}
