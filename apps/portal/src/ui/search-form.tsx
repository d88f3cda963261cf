import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';
import { type Choices, Options } from './choices.js';
import { isAmount, plainAmount } from './money-text.js';

export interface SearchField {
  /** As the API calls it; it stands in the address under the same name. `from` and `to` are a range. */
  readonly name: string;
  readonly label: string;
  /** `time` is a day and a time in Japan (`2026-10-05T12:01`), `amount` is yen; text without it. */
  readonly type?: 'text' | 'tel' | 'date' | 'month' | 'time' | 'amount';
  /** One of these instead of text; the first is "any" with an empty value. */
  readonly choices?: Choices;
  /** Texts that may be meant. */
  readonly suggestions?: Choices;
  readonly onType?: (text: string) => void;
}

interface Asking {
  readonly fields: readonly SearchField[];
  /** What is asked for when the address says nothing. */
  readonly usual?: Asked;
}
type Asked = Readonly<Record<string, string>>;

interface Props extends Asking {
  /** What is searched, for those who hear the page. */
  readonly label: string;
  /** Text of the button; a verb. */
  readonly go?: string;
}

/** What is searched for: the address, else what is usual. */
export function useAsked({ fields, usual = {} }: Asking): Asked {
  const [search] = useUrlState();
  const valid = ({ name, choices }: SearchField): string => {
    const value = search[name] ?? usual[name] ?? '';
    return choices && !choices.some(([one]) => one === value) ? '' : value;
  };
  return Object.fromEntries(fields.map(field => [field.name, valid(field)]));
}

/** Conditions of a search, all in the address; nothing is asked before the button is pressed. */
export function SearchForm(props: Props) {
  const asked = useAsked(props);
  const [cleared, setCleared] = useState(0);
  // Begins anew when the address changes under it: the back button, a link, another tab of the page.
  const key = `${cleared} ${JSON.stringify(asked)}`;
  return <Conditions key={key} {...props} asked={asked} onClear={() => setCleared(cleared + 1)} />;
}

type Wrong = { readonly name: string; readonly text: 'turned' | 'badAmount' } | null;

/** The first field that cannot be asked for. */
function wrongIn(fields: readonly SearchField[], given: Asked): Wrong {
  const bad = fields.find(({ name, type }) => type === 'amount' && given[name] && !isAmount(given[name]));
  if (bad) return { name: bad.name, text: 'badAmount' };
  const { from = '', to = '' } = given;
  return from !== '' && to !== '' && from > to ? { name: 'to', text: 'turned' } : null;
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
    const textOf = ({ name, type }: SearchField): string => {
      const text = String(data.get(name) ?? '').trim();
      return type === 'amount' ? plainAmount(text) : text;
    };
    const given = Object.fromEntries(fields.map(field => [field.name, textOf(field)]));
    const found = wrongIn(fields, given);
    setWrong(found);
    if (found) document.getElementById(`${id}-${found.name}`)?.focus();
    else
      set(
        Object.fromEntries(fields.map(({ name }) => [name, given[name] === usual[name] ? '' : given[name]])),
      );
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
