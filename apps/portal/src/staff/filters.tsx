import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';

export interface Filter {
  /** As the API calls it; it stands in the address under the same name. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'search' | 'date' | 'month' | 'amount';
  /** One of these instead of text; the first is "any" with an empty value. */
  readonly choices?: readonly (readonly [value: string, name: string])[];
}

interface Props {
  readonly label: string;
  readonly filters: readonly Filter[];
}

/** Conditions of a search, all in the address; asked for when the button is pressed. */
export function Filters({ label, filters }: Props) {
  const [search] = useUrlState();
  const values = Object.fromEntries(filters.map(({ name }) => [name, search[name] ?? '']));
  const [cleared, setCleared] = useState(0);
  return (
    <FilterForm
      // Begins anew when the address changes under it: the back button, a link.
      key={`${cleared} ${JSON.stringify(values)}`}
      label={label}
      filters={filters}
      values={values}
      onClear={() => setCleared(cleared + 1)}
    />
  );
}

/** What the API takes for an amount of yen. */
const AMOUNT = /^-?\d{1,15}(\.\d{1,4})?$/;

/** As people type an amount: `１，０００` is `1000`. */
export const plainAmount = (text: string): string => text.normalize('NFKC').replace(/[,\s円¥]/g, '');

interface FormProps extends Props {
  readonly values: Readonly<Record<string, string>>;
  readonly onClear: () => void;
}
function FilterForm({ label, filters, values, onClear }: FormProps) {
  const { t } = useTranslation('staff');
  const [, set] = useUrlState();
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = filters.map(({ name, type }) => {
      const text = String(data.get(name) ?? '').trim();
      return [name, type === 'amount' ? plainAmount(text) : text] as const;
    });
    const bad = given.find(
      ([name, text], i) => filters[i]?.type === 'amount' && text !== '' && !AMOUNT.test(text) && name,
    );
    setWrong(bad?.[0] ?? null);
    if (bad) document.getElementById(`${id}-${bad[0]}`)?.focus();
    else set(Object.fromEntries(given));
  };
  const clear = () => {
    set(Object.fromEntries(filters.map(({ name }) => [name, undefined])));
    onClear();
  };
  return (
    <search>
      <form className="filters" aria-label={label} onSubmit={submit} noValidate>
        {filters.map(filter => (
          <div className="field" key={filter.name}>
            <label htmlFor={`${id}-${filter.name}`}>{filter.label}</label>
            <Control
              filter={filter}
              id={`${id}-${filter.name}`}
              value={values[filter.name] ?? ''}
              wrong={wrong === filter.name ? `${id}-wrong` : undefined}
            />
          </div>
        ))}
        <div className="buttons">
          <button type="submit" className="button primary">
            {t('search.go')}
          </button>
          <button type="button" className="button quiet" onClick={clear}>
            {t('search.clear')}
          </button>
        </div>
        {wrong !== null && (
          <p className="wrong" id={`${id}-wrong`} role="alert">
            {t('search.badAmount')}
          </p>
        )}
      </form>
    </search>
  );
}

interface ControlProps {
  readonly filter: Filter;
  readonly id: string;
  readonly value: string;
  readonly wrong: string | undefined;
}
function Control({ filter: { name, type = 'search', choices }, id, value, wrong }: ControlProps) {
  if (choices) {
    return (
      <select id={id} name={name} className="select" defaultValue={value}>
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      id={id}
      name={name}
      className="input"
      type={type === 'amount' ? 'text' : type}
      inputMode={type === 'amount' ? 'decimal' : undefined}
      defaultValue={value}
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={wrong !== undefined}
      aria-describedby={wrong}
    />
  );
}
