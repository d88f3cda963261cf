import { BLOCK_SIZE, blockOf, type NumberStock, numberOf, suffixOf } from '#contracts';
import type { NumbersInFile } from './number-file.js';

/** What a line of a file holds of one block. */
export interface StockPiece {
  readonly line: number;
  readonly first: string;
  readonly last: string;
  readonly size: number;
  readonly stock: NumberStock;
}

/** The block after this one; of the same length, as a range has numbers of one length. */
const nextBlock = (block: string): string => (BigInt(block) + 1n).toString().padStart(block.length, '0');

/** The lines of a file, cut where blocks of ten thousand end, by block. */
export function piecesOf(ranges: readonly NumbersInFile[]): ReadonlyMap<string, readonly StockPiece[]> {
  const blocks = new Map<string, StockPiece[]>();
  for (const { line, first, last, ...stock } of ranges) {
    const end = blockOf(last);
    for (let block = blockOf(first); ; block = nextBlock(block)) {
      const from = block === blockOf(first) ? suffixOf(first) : 0;
      const to = block === end ? suffixOf(last) : BLOCK_SIZE - 1;
      const size = to - from + 1;
      const piece = { line, first: numberOf(block, from), last: numberOf(block, to), size, stock };
      const own = blocks.get(block);
      if (own) own.push(piece);
      else blocks.set(block, [piece]);
      if (block === end) break;
    }
  }
  return blocks;
}
