import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  /** What is searched, for those who hear the page, where the label does not say it. */
  readonly about?: string;
  /** What was searched for; without it there is nothing to clear. */
  readonly words?: string;
  /** It is what its sheet is for. */
  readonly isLarge?: boolean;
  readonly onSearch: (words: string) => void;
}

/** A search in one field. */
export function OneSearch({ label, about, words = '', isLarge = false, onSearch }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSearch(String(new FormData(event.currentTarget).get('words') ?? '').trim());
  };
  return (
    <search>
      <form className={isLarge ? 'filters flush' : 'filters'} onSubmit={submit} aria-label={about}>
        <div className={isLarge ? 'field wide' : 'field'}>
          <label htmlFor={id}>{label}</label>
          <input
            key={words}
            id={id}
            className="input"
            type="search"
            name="words"
            defaultValue={words}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
        <div className="buttons">
          <button type="submit" className="button primary">
            {t('search.go')}
          </button>
          {words !== '' && (
            <button type="button" className="button quiet" onClick={() => onSearch('')}>
              {t('search.clear')}
            </button>
          )}
        </div>
      </form>
    </search>
  );
}
