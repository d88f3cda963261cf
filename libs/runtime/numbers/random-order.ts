const ROUNDS = 4;

/** Mixes 32 bits. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * The numbers 0 … size-1 in an order that only the seed decides, each one once: any place of it is worked out
 * without making the others (a Feistel network, walked until it comes back within the size).
 * @param size at most 2^30
 */
export function randomOrder(size: number, seed: number): (place: number) => number {
  let half = 1;
  while (2 ** (2 * half) < size) half++;
  const mask = 2 ** half - 1;
  return place => {
    let at = place;
    do {
      let left = at >>> half;
      let right = at & mask;
      for (let round = 0; round < ROUNDS; round++) {
        const next = left ^ (mixed(right + Math.imul(seed + round, 0x9e3779b1)) & mask);
        left = right;
        right = next;
      }
      at = ((left << half) | right) >>> 0;
    } while (at >= size);
    return at;
  };
}
