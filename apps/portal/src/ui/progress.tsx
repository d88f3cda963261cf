import type { ReactNode } from 'react';
import { countText } from './number-text.js';

interface Props {
  /** What is being done. */
  readonly label: ReactNode;
  readonly done: number;
  /** Null while nobody knows how much there is. */
  readonly total: number | null;
}

/** How far long work has come; it is read out as it goes on. */
export function Progress({ label, done, total }: Props) {
  const percent = total === null || total === 0 ? null : Math.floor((done / total) * 100);
  return (
    <label className="progress">
      <span className="words">
        <span>{label}</span>
        <span className="tabular" role="status">
          {countText(done)}
          {total !== null && ` / ${countText(total)}`}
          {percent !== null && ` (${percent}%)`}
        </span>
      </span>
      <progress {...(percent === null ? {} : { value: done, max: total ?? 1 })} />
    </label>
  );
}
