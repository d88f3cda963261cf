import { useId } from 'react';
import { useUrlState } from '../app/url-state.js';

export type Choices<Value extends string = string> = readonly (readonly [value: Value, name: string])[];

/** What a select offers. */
export const Options = ({ of }: { of: Choices }) =>
  of.map(([value, name]) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly choices: Choices<Value>;
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
  readonly disabled?: boolean;
}

/** One of a few, folded away, that holds at once: it belongs to no form. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, choices, value, onChoose, disabled = false } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        disabled={disabled}
        onChange={({ target }) => onChoose(target.value as Value)}
      >
        <Options of={choices} />
      </select>
    </div>
  );
}

/** The choice that stands in the address, when it is one of those. */
export function useChoice(name: string, values: readonly string[], usual: string): string {
  const [search] = useUrlState();
  const chosen = search[name];
  return chosen !== undefined && values.includes(chosen) ? chosen : usual;
}

interface UrlSelectProps {
  /** Name in the address. */
  readonly name: string;
  readonly label: string;
  readonly choices: Choices;
  /** What holds when the address says nothing. */
  readonly usual: string;
  readonly hideLabel?: boolean;
}

/** One of a few, kept in the address. */
export function UrlSelect({ name, label, choices, usual, hideLabel = false }: UrlSelectProps) {
  const id = useId();
  const [, set] = useUrlState();
  const values = choices.map(([one]) => one);
  return (
    <div className="choice">
      <label htmlFor={id} className={hideLabel ? 'sr' : 'small soft'}>
        {label}
      </label>
      <select
        id={id}
        className="select compact"
        value={useChoice(name, values, usual)}
        onChange={({ target }) => set({ [name]: target.value === usual ? undefined : target.value })}
      >
        <Options of={choices} />
      </select>
    </div>
  );
}
