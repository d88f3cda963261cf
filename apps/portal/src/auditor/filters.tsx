import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';

type Choices = readonly (readonly [value: string, name: string])[];

export interface Filter {
  /** As it stands in the address. */
  readonly name: string;
  readonly label: string;
  /** `time` is a day and an hour in Japan: `2026-10-05T12:01`. */
  readonly type?: 'text' | 'time' | 'month';
  /** One of these instead of text. */
  readonly choices?: Choices;
  /** Texts that may be meant. */
  readonly suggestions?: Choices;
  readonly onType?: (text: string) => void;
}

interface Props {
  readonly label: string;
  readonly filters: readonly Filter[];
  readonly go?: string;
}

/** Conditions of a search; they stand in the address once the button is pressed. */
export function Filters(props: Props) {
  const [search] = useUrlState();
  const [cleared, setCleared] = useState(0);
  const values = Object.fromEntries(props.filters.map(({ name }) => [name, search[name] ?? '']));
  // Begins anew when the address changes under it: the back button, a link.
  const key = `${cleared} ${JSON.stringify(values)}`;
  return <FilterForm key={key} {...props} values={values} onClear={() => setCleared(cleared + 1)} />;
}

interface FormProps extends Props {
  readonly values: Readonly<Record<string, string>>;
  readonly onClear: () => void;
}
function FilterForm({ label, filters, go, values, onClear }: FormProps) {
  const { t } = useTranslation('auditor');
  const [, set] = useUrlState();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    set(Object.fromEntries(filters.map(({ name }) => [name, String(data.get(name) ?? '').trim()])));
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
            <Control filter={filter} id={`${id}-${filter.name}`} value={values[filter.name] ?? ''} />
          </div>
        ))}
        <div className="buttons">
          <button type="submit" className="button primary">
            {go ?? t('search.go')}
          </button>
          <button type="button" className="button quiet" onClick={clear}>
            {t('search.clear')}
          </button>
        </div>
      </form>
    </search>
  );
}

function Control({ filter, id, value }: { filter: Filter; id: string; value: string }) {
  const { name, type = 'text', choices, suggestions, onType } = filter;
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
    <>
      <input
        id={id}
        name={name}
        className="input"
        type={type === 'time' ? 'datetime-local' : type}
        step={type === 'time' ? 1 : undefined}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        list={suggestions && `${id}-list`}
        onChange={onType && (event => onType(event.target.value))}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
