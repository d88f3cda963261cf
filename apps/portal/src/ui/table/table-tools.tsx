import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useAhead } from '../../app/url-state.js';
import { countText } from '../number-text.js';

interface Props {
  readonly name: string;
  readonly filter: { readonly text: string; readonly set: (text: string) => void } | null;
  /** `open`: there are more rows than have been read. */
  readonly counts: { readonly shown: number; readonly all: number; readonly open: boolean };
  readonly columns: readonly { readonly id: string; readonly name: string; readonly shown: boolean }[];
  readonly choose: (id: string, shown: boolean) => void;
  readonly save: (() => void) | null;
  /** What is shown is no answer to what is asked now: nothing to take away. */
  readonly isOld: boolean;
  readonly children?: ReactNode;
}

const TYPING_MS = 200;

const countKey = ({ shown, all, open }: Props['counts']) =>
  shown !== all ? 'table.rowsOf' : open ? 'table.rowsOrMore' : 'table.rows';

/** Above a table: filter, how many rows, which columns, CSV. */
export function Tools({ name, filter, counts, columns, choose, save, isOld, children }: Props) {
  const { t } = useTranslation();
  const { shown, all } = counts;
  return (
    <div className="table-tools">
      {filter && <Filter name={name} {...filter} />}
      {children}
      <span className="soft small" role="status">
        {t(countKey(counts), { shown: countText(shown), all: countText(all) })}
      </span>
      <div className="end">
        <DialogTrigger>
          <Button className="button small">{t('table.columns')}</Button>
          <Popover className="popover" placement="bottom end">
            <Dialog aria-label={t('table.columns')}>
              {columns.map(column => (
                <label key={column.id} className="item">
                  {column.name}
                  <input
                    type="checkbox"
                    checked={column.shown}
                    onChange={event => choose(column.id, event.target.checked)}
                  />
                </label>
              ))}
            </Dialog>
          </Popover>
        </DialogTrigger>
        {save && (
          <button type="button" className="button small" disabled={isOld} onClick={save}>
            {t('table.csv')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Typing comes first; the address follows when it pauses. */
function Filter({ name, text, set }: { name: string; text: string; set: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useAhead(text, set, TYPING_MS);
  return (
    <>
      <label className="sr" htmlFor={`${name}-filter`}>
        {t('table.filter')}
      </label>
      <input
        id={`${name}-filter`}
        className="input"
        type="search"
        placeholder={t('table.filter')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
    </>
  );
}
