import type { CloseRow } from './questions.js';

/** What a close says beside the number of its papers. */
export interface CloseCounts {
  readonly refused: number;
  /** Papers below zero: return invoices (適格返還請求書). */
  readonly returns: number;
  /** Closed before: their papers are counted too, and this close changes nothing of them. */
  readonly before: number;
}

export function closeCounts(rows: readonly Pick<CloseRow, 'outcome' | 'total'>[]): CloseCounts {
  const count = (is: (row: Pick<CloseRow, 'outcome' | 'total'>) => boolean): number => rows.filter(is).length;
  return {
    refused: count(row => row.outcome === 'refused'),
    returns: count(row => row.outcome !== 'refused' && row.total.startsWith('-')),
    before: count(row => row.outcome === 'already_closed'),
  };
}
