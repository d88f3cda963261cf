/** So many characters may differ. */
const FARTHEST = 3;
/** And so much of the longer word must be the same. */
const LEAST_ALIKE = 0.4;

/** How many characters to change, add, leave out or swap with their neighbour make one word of the other. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}

/** The words that somebody may have meant: the nearest ones, as commander chooses them. */
export function similar(word: string, known: readonly string[]): string[] {
  const bare = (text: string): string => text.replace(/^--/, '');
  const near = [...new Set(known)]
    .map(candidate => ({ candidate, away: distance(bare(word), bare(candidate)) }))
    .filter(({ candidate, away }) => {
      const longer = Math.max(bare(word).length, bare(candidate).length);
      return bare(candidate).length > 1 && away <= FARTHEST && 1 - away / longer > LEAST_ALIKE;
    });
  const nearest = Math.min(...near.map(({ away }) => away));
  return near
    .filter(({ away }) => away === nearest)
    .map(({ candidate }) => candidate)
    .sort();
}
