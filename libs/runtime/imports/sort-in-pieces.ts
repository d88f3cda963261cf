/** Sorted, or merged, before others are let in: where two compare equal by time their texts are read. */
const PIECE = 512;
const AT_WORK_MS = 10;

/**
 * As `values.sort(compare)`, and others have their turn meanwhile: a file of a million unordered calls takes
 * seconds. Runs are sorted, then merged in pairs; what stands in order already is only copied.
 */
export async function sortInPieces(
  values: Uint32Array,
  compare: (a: number, b: number) => number,
): Promise<Uint32Array> {
  const { length } = values;
  let began = performance.now();
  const isLong = (): boolean => performance.now() - began > AT_WORK_MS;
  const others = async (): Promise<void> => {
    await new Promise(setImmediate);
    began = performance.now();
  };
  for (let from = 0; from < length; from += PIECE) {
    values.subarray(from, from + PIECE).sort(compare);
    if (isLong()) await others();
  }
  let source: Uint32Array = values;
  let target: Uint32Array = new Uint32Array(length);
  for (let width = PIECE; width < length; width *= 2) {
    for (let from = 0; from < length; from += 2 * width) {
      const [middle, to] = [Math.min(from + width, length), Math.min(from + 2 * width, length)];
      if (middle === to || compare(source[middle - 1]!, source[middle]!) <= 0)
        target.set(source.subarray(from, to), from);
      else {
        for (let at = from, left = from, right = middle; at < to; at++) {
          const takesLeft = right === to || (left < middle && compare(source[left]!, source[right]!) <= 0);
          target[at] = source[takesLeft ? left++ : right++]!;
          if (at % PIECE === 0 && isLong()) await others();
        }
      }
      if (isLong()) await others();
    }
    [source, target] = [target, source];
  }
  return source;
}
