import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';
import { Options } from './choices.js';
import { type Asked, askedIn, given, type SearchField, type Wrong, wrongIn } from './search-values.js';

interface Asking {
  readonly fields: readonly SearchField[];
  /** What is asked for when the address says nothing. */
  readonly usual?: Asked;
}

interface Props extends Asking {
  /** What is searched, for those who hear the page. */
  readonly label: string;
  /** Text of the button; a verb. */
  readonly go?: string;
}

/** What is searched for: the address, else what is usual. */
export function useAsked({ fields, usual }: Asking): Asked {
  const [search] = useUrlState();
  return askedIn(fields, search, usual);
}

/** Conditions of a search, all in the address; nothing is asked before the button is pressed. */
export function SearchForm(props: Props) {
  const asked = useAsked(props);
  const [cleared, setCleared] = useState(0);
  // Begins anew when the address changes under it: the back button, a link, another tab of the page.
  const key = `${cleared} ${JSON.stringify(asked)}`;
  return <Conditions key={key} {...props} asked={asked} onClear={() => setCleared(cleared + 1)} />;
}

interface ConditionsProps extends Props {
  readonly asked: Asked;
  readonly onClear: () => void;
}
function Conditions({ label, go, fields, usual = {}, asked, onClear }: ConditionsProps) {
  const { t } = useTranslation();
  const [, set] = useUrlState();
  const [wrong, setWrong] = useState<Wrong>(null);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const asks = given(fields, name => String(data.get(name) ?? ''));
    const found = wrongIn(fields, asks);
    setWrong(found);
    if (found) document.getElementById(`${id}-${found.name}`)?.focus();
    else
      set(Object.fromEntries(fields.map(({ name }) => [name, asks[name] === usual[name] ? '' : asks[name]])));
  };
  const clear = () => {
    set(Object.fromEntries(fields.map(({ name }) => [name, undefined])));
    onClear();
  };
  return (
    <search>
      <form className="filters" aria-label={label} onSubmit={submit} noValidate>
        {fields.map(field => (
          <div className="field" key={field.name}>
            <label htmlFor={`${id}-${field.name}`}>{field.label}</label>
            <Control
              field={field}
              id={`${id}-${field.name}`}
              value={asked[field.name] ?? ''}
              wrong={wrong?.name === field.name ? `${id}-wrong` : undefined}
            />
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
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {wrong && t(`search.${wrong.text}`)}
        </p>
      </form>
    </search>
  );
}

interface ControlProps {
  readonly field: SearchField;
  readonly id: string;
  readonly value: string;
  readonly wrong: string | undefined;
}
function Control({ field, id, value, wrong }: ControlProps) {
  const { name, choices, suggestions, onType, type = 'text' } = field;
  if (choices) {
    return (
      <select id={id} name={name} className="select" defaultValue={value}>
        <Options of={choices} />
      </select>
    );
  }
  return (
    <>
      <input
        id={id}
        name={name}
        className="input"
        type={type === 'time' ? 'datetime-local' : type === 'amount' ? 'text' : type}
        inputMode={type === 'amount' ? 'decimal' : undefined}
        step={type === 'time' ? 1 : undefined}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        list={suggestions && `${id}-list`}
        onChange={onType && (event => onType(event.target.value))}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          <Options of={suggestions} />
        </datalist>
      )}
    </>
  );
}
