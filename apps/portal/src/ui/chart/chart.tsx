import { area, line } from 'd3-shape';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../money-text.js';
import { type Column } from '../table/columns.js';
import { DataTable } from '../table/data-table.js';
import { type Box, namedPoints, placeOf, type Series, scalesOf } from './scales.js';

export interface ChartProps {
  /** Unique on its page. */
  readonly name: string;
  readonly caption: string;
  /** Below the points: days, months. */
  readonly points: readonly string[];
  readonly pointName: string;
  /** At most six; their order is that of their colours. */
  readonly series: readonly Series[];
  readonly kind?: 'line' | 'bars';
  /** Of the values: 円. */
  readonly unit?: string;
  readonly aside?: ReactNode;
}

type Point = { readonly index: number; readonly name: string };
type Scales = ReturnType<typeof scalesOf>;

const BOX: Box = { width: 720, height: 260, left: 64, right: 8, top: 12, bottom: 28 };
const COUNT = new Intl.NumberFormat('ja-JP');
const valueText = (value: string | number | null | undefined): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'number'
      ? COUNT.format(value)
      : moneyText(value);
const colour = (index: number): string => `series-${(index % 6) + 1}`;

/** A chart as SVG, with the same figures as a table for those who want figures. */
export function Chart(props: ChartProps) {
  const { caption, aside, series, unit } = props;
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
      {!isTable && series.length > 1 && (
        <ul className="legend">
          {series.map((one, i) => (
            <li key={one.id}>
              <span className={`swatch ${colour(i)}`} aria-hidden="true" />
              {one.name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Drawing(props: ChartProps) {
  const { caption, points, series, kind = 'line', unit } = props;
  const title = useId();
  const scales = useMemo(() => scalesOf(points, series, BOX, kind === 'bars'), [points, series, kind]);
  const about = points.map((point, i) => {
    const values = series.map(one => `${one.name} ${valueText(one.values[i])}`).join('\n');
    return `${point}\n${values}${unit ? ` ${unit}` : ''}`;
  });
  return (
    <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-labelledby={title}>
      <title id={title}>{caption}</title>
      <Axes points={points} scales={scales} />
      {kind === 'bars' ? <Bars series={series} scales={scales} /> : <Lines series={series} scales={scales} />}
      {points.map((point, i) => (
        <rect
          key={point}
          className="hit"
          x={scales.x(i)}
          y={BOX.top}
          width={scales.x.bandwidth()}
          height={BOX.height - BOX.top - BOX.bottom}
        >
          <title>{about[i]}</title>
        </rect>
      ))}
    </svg>
  );
}

function Axes({ points, scales: { x, y, ticks } }: { points: readonly string[]; scales: Scales }) {
  const letters = Math.max(...points.map(point => point.length), 1);
  const step = namedPoints(points.length, BOX.width - BOX.left - BOX.right, letters);
  return (
    <g>
      {ticks.map(tick => (
        <g key={tick}>
          <line
            className={tick === 0 ? 'base' : 'grid'}
            x1={BOX.left}
            x2={BOX.width - BOX.right}
            y1={y(tick)}
            y2={y(tick)}
          />
          <text className="axis" x={BOX.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
            {COUNT.format(tick)}
          </text>
        </g>
      ))}
      {points.map((point, i) =>
        i % step === 0 ? (
          <text
            key={point}
            className="axis"
            x={(x(i) ?? 0) + x.bandwidth() / 2}
            y={BOX.height - 8}
            textAnchor="middle"
          >
            {point}
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

function AsTable({ name, caption, points, pointName, series }: ChartProps) {
  const rows = useMemo<readonly Point[]>(
    () => points.map((point, index) => ({ index, name: point })),
    [points],
  );
  const columns = useMemo<readonly Column<Point>[]>(
    () => [
      { id: 'point', name: pointName, value: row => row.name },
      ...series.map(one => ({
        id: one.id,
        name: one.name,
        kind: one.values.some(value => typeof value === 'string') ? ('money' as const) : ('count' as const),
        value: (row: Point) => one.values[row.index],
      })),
    ],
    [pointName, series],
  );
  return (
    <DataTable
      name={name}
      caption={caption}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={row => String(row.index)}
      filter={false}
      csv={name}
    />
  );
}
