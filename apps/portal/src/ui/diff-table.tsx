import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from './page.js';

export interface Difference {
  readonly key: string;
  /** What differs: a field, a tariff row. */
  readonly name: ReactNode;
  /** Absent: it was added. */
  readonly before?: ReactNode;
  /** Absent: it was removed. */
  readonly after?: ReactNode;
}

const KINDS = { added: 'good', removed: 'bad', changed: 'warn' } as const;

/** Before and after, side by side, with a word for what happened: colour alone says nothing. */
export function DiffTable({ caption, rows }: { caption: string; rows: readonly Difference[] }) {
  const { t } = useTranslation();
  return (
    <div className="table-scroll">
      <table className="table cards">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diff.changed')}</th>
            <th scope="col">{t('diff.field')}</th>
            <th scope="col">{t('diff.before')}</th>
            <th scope="col">{t('diff.after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const kind = row.before === undefined ? 'added' : row.after === undefined ? 'removed' : 'changed';
            return (
              <tr key={row.key}>
                <td data-name={t('diff.changed')}>
                  <Badge kind={KINDS[kind]}>{t(`diff.${kind}`)}</Badge>
                </td>
                <td data-name={t('diff.field')}>{row.name}</td>
                <td data-name={t('diff.before')}>{row.before !== undefined && <del>{row.before}</del>}</td>
                <td data-name={t('diff.after')}>{row.after !== undefined && <ins>{row.after}</ins>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
