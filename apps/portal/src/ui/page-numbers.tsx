import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';

/** The page that the address names, from 1 on. */
export function usePageNumber(): number {
  const [{ page = '1' }] = useUrlState();
  return /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 1;
}

/** Beside the shown one so many to each side, and always the first and the last. */
const BESIDE = 2;

function shownOf(page: number, pages: number): readonly number[] {
  const near = Array.from({ length: 2 * BESIDE + 1 }, (_, i) => page - BESIDE + i);
  return [...new Set([1, ...near, pages])].filter(one => one >= 1 && one <= pages).sort((a, b) => a - b);
}

/** Back, next, and pages by their numbers; the address keeps which one is shown. */
export function PageNumbers({ pages, label }: { pages: number; label: string }) {
  const { t } = useTranslation('frame');
  const [, set] = useUrlState();
  const page = usePageNumber();
  const go = (to: number) => set({ page: to === 1 ? undefined : String(to) });
  // Another search has fewer pages.
  const isBeyond = pages > 0 && page > pages;
  useEffect(() => {
    if (isBeyond) set({ page: undefined });
  }, [isBeyond, set]);
  if (pages <= 1) return null;
  return (
    <nav className="buttons below" aria-label={label}>
      <button type="button" className="button small" disabled={page <= 1} onClick={() => go(page - 1)}>
        {t('table.back')}
      </button>
      {shownOf(page, pages).map((one, i, all) => (
        <span key={one}>
          {i > 0 && one > all[i - 1]! + 1 && <span aria-hidden="true">… </span>}
          <button
            type="button"
            className={one === page ? 'button small primary' : 'button small'}
            aria-current={one === page ? 'page' : undefined}
            onClick={() => go(one)}
          >
            {one}
          </button>
        </span>
      ))}
      <button type="button" className="button small" disabled={page >= pages} onClick={() => go(page + 1)}>
        {t('table.next')}
      </button>
    </nav>
  );
}
