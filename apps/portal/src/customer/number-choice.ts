import { useCallback, useState } from 'react';
import type { Schemas } from '../api/client.js';

export type OfferedNumber = Schemas['OfferedNumber'];
export type VbaGroup = Schemas['VbaGroup'];

/** So many numbers of one overseas group. */
export interface ChosenGroup {
  readonly group: VbaGroup;
  readonly quantity: number;
}

/** What somebody has chosen to buy, before it is in a cart (CAT-23, VBA-07). */
export interface Chosen {
  readonly numbers: readonly OfferedNumber[];
  readonly groups: readonly ChosenGroup[];
}

/** Where the choice goes on to: the cart. Resolves when it is there; then nothing is chosen any more. */
export type OnChosen = (chosen: Chosen) => Promise<void>;

const NOTHING: Chosen = { numbers: [], groups: [] };

/** The choice of a page, as long as it is open. */
export function useChosen() {
  const [chosen, setChosen] = useState<Chosen>(NOTHING);
  const toggle = useCallback(
    (number: OfferedNumber) =>
      setChosen(({ numbers, groups }) => {
        const others = numbers.filter(one => one.number !== number.number);
        return { groups, numbers: others.length < numbers.length ? others : [...numbers, number] };
      }),
    [],
  );
  /** 0 takes the group out of the choice. */
  const take = useCallback(
    (group: VbaGroup, quantity: number) =>
      setChosen(({ numbers, groups }) => {
        const others = groups.filter(one => one.group.group !== group.group);
        return { numbers, groups: quantity > 0 ? [...others, { group, quantity }] : others };
      }),
    [],
  );
  const clear = useCallback(() => setChosen(NOTHING), []);
  return { chosen, toggle, take, clear };
}
