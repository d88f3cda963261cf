import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../app/url-state.js';

export interface SearchField {
  /** As the API calls it; it stands in the address under the same name. */
  readonly name: string;
  readonly label: string;
  /** Days and text without it. */
  readonly choices?: readonly (readonly [value: string, name: string])[];
  readonly type?: 'date' | 'text';
}

interface Props {
  readonly fields: readonly SearchField[];
  /** What is asked for when the address says nothing. */
  readonly usual: Readonly<Record<string, string>>;
}

type Asked = Readonly<Record<string, string>>;

/** What is searched for: the address, else what is usual. */
export function useSearch({ fields, usual }: Props): Asked {
  const [search] = useUrlState();
  const valid = ({ name, choices }: SearchField): string => {
    const value = search[name] ?? usual[name] ?? '';
    return choices && !choices.some(([one]) => one === value) ? '' : value;
  };
  return Object.fromEntries(fields.map(field => [field.name, valid(field)]));
}

/** Conditions of a search; nothing is asked before its button is pressed. */
export function SearchForm(props: Props) {
  const asked = useSearch(props);
  const [cleared, setCleared] = useState(0);
  // Begins anew when the address changes under it: the back button, a link, another tab of the page.
  const key = `${cleared} ${JSON.stringify(asked)}`;
  return <Fields key={key} {...props} asked={asked} onClear={() => setCleared(cleared + 1)} />;
}

interface FieldsProps extends Props {
  readonly asked: Asked;
  readonly onClear: () => void;
}
function Fields({ fields, usual, asked, onClear }: FieldsProps) {
  const { t } = useTranslation('customer');
  const [, set] = useUrlState();
  const [turned, setTurned] = useState(false);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const given = fields.map(({ name }) => [name, String(data.get(name) ?? '').trim()] as const);
    const { from = '', to = '' } = Object.fromEntries(given);
    const isTurned = from !== '' && to !== '' && from > to;
    setTurned(isTurned);
    if (isTurned) return;
    set(Object.fromEntries(given.map(([name, value]) => [name, value === usual[name] ? undefined : value])));
  };
  const clear = () => {
    set(Object.fromEntries(fields.map(({ name }) => [name, undefined])));
    onClear();
  };
  return (
    <search>
      <form className="filters" aria-label={t('search.label')} onSubmit={submit} noValidate>
        {fields.map(field => (
          <div className="field" key={field.name}>
            <label htmlFor={`${id}-${field.name}`}>{field.label}</label>
            <Control
              field={field}
              id={`${id}-${field.name}`}
              value={asked[field.name] ?? ''}
              wrong={turned && field.name === 'to' ? `${id}-wrong` : undefined}
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
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {turned && t('search.turned')}
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
function Control({ field: { name, choices, type = 'text' }, id, value, wrong }: ControlProps) {
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
      type={type}
      defaultValue={value}
      maxLength={40}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={wrong !== undefined}
      aria-describedby={wrong}
      {...(type === 'text' && { inputMode: 'tel' as const })}
    />
  );
}
