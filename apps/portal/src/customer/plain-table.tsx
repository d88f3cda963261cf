import type { ReactNode } from 'react';

interface Props {
  /** Said to screen readers; a heading above says it to all others. */
  readonly caption: string;
  readonly cards?: boolean;
  readonly density?: 'compact' | 'comfortable';
  readonly children: ReactNode;
}

/** A short table whose rows are written out: nothing to filter, sort or choose. */
export function PlainTable({ caption, cards = false, density = 'compact', children }: Props) {
  return (
    <section
      className="table-scroll"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table className={`table ${density}${cards ? ' cards' : ''}`}>
        <caption className="sr">{caption}</caption>
        {children}
      </table>
    </section>
  );
}
