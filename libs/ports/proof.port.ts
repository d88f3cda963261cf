import type { SaidProblem } from '#kernel';

/** What a log can prove of itself, and how it is copied. */
export type ChainProof =
  | { readonly kind: 'ok'; readonly events: number; readonly headHash: string }
  /** The first event that is not what was appended: all before `position` are proven. */
  | { readonly kind: 'broken'; readonly position: number; readonly problem: SaidProblem };

export interface LogProof {
  /** Recomputes the hash chain from the first event. */
  verifyChain(onProgress?: (position: number, head: number) => void): Promise<ChainProof>;
  /** What is damaged of the storage itself, indexes and read models too; empty when nothing. */
  damages?(): Promise<readonly SaidProblem[]>;
  /** Hash of the last event, 64 hex digits; zeros for an empty log. */
  headHash(): string;
}
