import type { ReactNode } from 'react';

interface Props {
  /** What is being done. */
  readonly label: ReactNode;
  readonly done: number;
  /** Null while nobody knows how much there is. */
  readonly total: number | null;
}

const COUNT = new Intl.NumberFormat('ja-JP');

/** How far long work has come; it is read out as it goes on. */
export function Progress({ label, done, total }: Props) {
  const percent = total === null || total === 0 ? null : Math.floor((done / total) * 100);
  return (
    <label className="progress">
      <span className="words">
        <span>{label}</span>
        <span className="tabular" role="status">
          {COUNT.format(done)}
          {total !== null && ` / ${COUNT.format(total)}`}
          {percent !== null && ` (${percent}%)`}
        </span>
      </span>
      <progress {...(percent === null ? {} : { value: done, max: total ?? 1 })} />
    </label>
  );
}
