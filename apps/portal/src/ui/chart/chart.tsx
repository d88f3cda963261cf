import { area, line } from 'd3-shape';
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../money-text.js';
import { countText } from '../number-text.js';
import { type Column } from '../table/columns.js';
import { DataTable } from '../table/data-table.js';
import { colour, Legend, type Mark, Marks } from './marks.js';
import { type Box, namedPoints, placeOf, type Scales, type Series, scalesOf } from './scales.js';

export interface ChartProps {
  /** Unique on its page. */
  readonly name: string;
  readonly caption: string;
  /** Below the points: days, months. */
  readonly points: readonly string[];
  readonly pointName: string;
  /** How a point is written below the axis; as it is without it. */
  readonly pointText?: (point: string) => string;
  /** Figures that belong to the points and are not drawn: in the table, and where one points. */
  readonly beside?: readonly Series[];
  /** What happened at a point, drawn upon the first series: a charge, an expiry. */
  readonly marks?: readonly Mark[];
  /** At most six; their order is that of their colours. */
  readonly series: readonly Series[];
  readonly kind?: 'line' | 'bars';
  /** Of the values: 円. */
  readonly unit?: string;
  readonly aside?: ReactNode;
}

const NO_SERIES: readonly Series[] = [];
const NO_MARKS: readonly Mark[] = [];

type Point = { readonly index: number; readonly name: string };

const HEIGHT = 260;
/** Before it was measured, and on paper. */
const USUAL_WIDTH = 720;
const boxOf = (width: number): Box => ({ width, height: HEIGHT, left: 64, right: 8, top: 12, bottom: 28 });
const valueText = (value: string | number | null | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'number'
      ? countText(value)
      : moneyText(value);

/** A chart as SVG, with the same figures as a table for those who want figures. */
export function Chart(props: ChartProps) {
  const { caption, aside, unit } = props;
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  return (
    <figure className="chart">
      <div className="table-tools">
        <figcaption className="soft small">
          {caption}
          {unit && ` (${unit})`}
        </figcaption>
        <div className="end">
          {aside}
          <button type="button" className="button small" onClick={() => setTable(!isTable)}>
            {t(isTable ? 'chart.asChart' : 'chart.asTable')}
          </button>
        </div>
      </div>
      {isTable ? <AsTable {...props} /> : <Drawing {...props} />}
      {!isTable && <Legend {...props} />}
    </figure>
  );
}

/** The width that there is: letters keep their size on a telephone. */
function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(Math.max(240, Math.round(element.clientWidth))));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [ref, width] as const;
}

function Drawing(props: ChartProps) {
  const { caption, points, series, kind = 'line', unit, beside = NO_SERIES, marks = NO_MARKS } = props;
  const title = useId();
  const [ref, width] = useWidth();
  const box = useMemo(() => boxOf(width), [width]);
  const scales = useMemo(() => scalesOf(points, series, box, kind === 'bars'), [points, series, box, kind]);
  const about = points.map((point, i) => {
    const values = [...series, ...beside].map(one => `${one.name} ${valueText(one.values[i])}`).join('\n');
    return `${point}\n${values}${unit ? ` ${unit}` : ''}`;
  });
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-labelledby={title}>
        <title id={title}>{caption}</title>
        <Axes {...props} scales={scales} box={box} />
        {kind === 'bars' ? (
          <Bars series={series} scales={scales} />
        ) : (
          <Lines series={series} scales={scales} />
        )}
        <Marks marks={marks} values={series[0]?.values ?? []} scales={scales} />
        {points.map((point, i) => (
          <rect
            key={point}
            className="hit"
            x={scales.x(i)}
            y={box.top}
            width={scales.x.bandwidth()}
            height={box.height - box.top - box.bottom}
          >
            <title>{about[i]}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

interface AxesProps extends Pick<ChartProps, 'points' | 'pointText'> {
  readonly scales: Scales;
  readonly box: Box;
}
function Axes({ points, pointText = point => point, scales: { x, y, ticks }, box }: AxesProps) {
  const letters = Math.max(...points.map(point => pointText(point).length), 1);
  const step = namedPoints(points.length, box.width - box.left - box.right, letters);
  return (
    <g>
      {ticks.map(tick => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'base' : 'grid'}
            x1={box.left}
            x2={box.width - box.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="axis" x={box.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
            {countText(tick)}
          </text>
        </g>
      ))}
      {points.map((point, i) =>
        i % step === 0 ? (
          <text
            key={point}
            className="axis"
            x={(x(i) ?? 0) + x.bandwidth() / 2}
            y={box.height - 8}
            textAnchor="middle"
          >
            {pointText(point)}
          </text>
        ) : null,
      )}
    </g>
  );
}

function Lines({ series, scales: { x, y } }: { series: readonly Series[]; scales: Scales }) {
  const middle = (i: number) => (x(i) ?? 0) + x.bandwidth() / 2;
  type Value = Series['values'][number];
  const drawLine = line<Value>()
    .defined(value => value !== null)
    .x((_, i) => middle(i))
    .y(value => y(placeOf(value ?? 0)));
  const drawArea = area<Value>()
    .defined(value => value !== null)
    .x((_, i) => middle(i))
    .y0(y(0))
    .y1(value => y(placeOf(value ?? 0)));
  return (
    <g>
      {series.length === 1 && <path className="area series-1" d={drawArea([...series[0]!.values]) ?? ''} />}
      {series.map((one, i) => (
        <path key={one.id} className={`line ${colour(i)}`} d={drawLine([...one.values]) ?? ''} />
      ))}
    </g>
  );
}

/** Bars of one point stand upon each other. */
function Bars({ series, scales: { x, y } }: { series: readonly Series[]; scales: Scales }) {
  const count = series[0]?.values.length ?? 0;
  const bars = Array.from({ length: count }, (_, point) => {
    let below = 0;
    return series.map((one, i) => {
      const from = below;
      below += placeOf(one.values[point] ?? 0);
      return { key: `${one.id}/${point}`, point, from, to: below, className: `bar-mark ${colour(i)}` };
    });
  }).flat();
  return (
    <g>
      {bars.map(({ key, point, from, to, className }) => (
        <rect
          key={key}
          className={className}
          x={x(point)}
          width={x.bandwidth()}
          y={Math.min(y(from), y(to))}
          height={Math.abs(y(from) - y(to))}
        />
      ))}
    </g>
  );
}

function AsTable({ name, caption, points, pointName, series, beside = NO_SERIES }: ChartProps) {
  const rows = useMemo<readonly Point[]>(
    () => points.map((point, index) => ({ index, name: point })),
    [points],
  );
  const columns = useMemo<readonly Column<Point>[]>(
    () => [
      { id: 'point', name: pointName, value: row => row.name },
      ...[...series, ...beside].map(one => ({
        id: one.id,
        name: one.name,
        kind: one.values.some(value => typeof value === 'string') ? ('money' as const) : ('count' as const),
        value: (row: Point) => one.values[row.index],
      })),
    ],
    [pointName, series, beside],
  );
  return (
    <DataTable
      name={name}
      caption={caption}
      of={{ rows }}
      columns={columns}
      rowKey={row => String(row.index)}
      filter={false}
      csv={name}
    />
  );
}
