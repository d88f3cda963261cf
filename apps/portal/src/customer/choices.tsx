import { useId } from 'react';
import { useUrlState } from '../app/url-state.js';

interface Props {
  /** Name in the address. */
  readonly name: string;
  readonly label: string;
  readonly choices: readonly (readonly [value: string, name: string])[];
  /** What holds when the address says nothing. */
  readonly usual: string;
  readonly hideLabel?: boolean;
}

/** The choice that stands in the address, when it is one of those. */
export function useChoice(name: string, values: readonly string[], usual: string): string {
  const [search] = useUrlState();
  const chosen = search[name];
  return chosen !== undefined && values.includes(chosen) ? chosen : usual;
}

/** One of a few, kept in the address. */
export function UrlSelect({ name, label, choices, usual, hideLabel = false }: Props) {
  const id = useId();
  const [, set] = useUrlState();
  const value = useChoice(
    name,
    choices.map(([one]) => one),
    usual,
  );
  return (
    <div className="choice">
      <label htmlFor={id} className={hideLabel ? 'sr' : 'small soft'}>
        {label}
      </label>
      <select
        id={id}
        className="select compact"
        value={value}
        onChange={({ target }) => set({ [name]: target.value === usual ? undefined : target.value })}
      >
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
