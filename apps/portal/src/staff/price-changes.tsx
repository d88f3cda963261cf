import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useProductWords } from './product-words.js';
import type { Product } from './questions.js';

type Diff = Schemas['PriceListDiff'];
type Field = keyof Product;

interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly product: Product;
  readonly before: Product | null;
  readonly fields: readonly Field[];
}

const KINDS = { added: 'good', removed: 'bad', changed: 'warn' } as const;
/** What is told of a product that comes or goes. */
const TOLD: readonly Field[] = ['monthly', 'initial'];

const changesOf = ({ added, removed, changed }: Diff): readonly Change[] => [
  ...changed.map(({ from, to, fields }) => ({
    kind: 'changed' as const,
    product: to,
    before: from,
    fields: fields as Field[],
  })),
  ...added.map(product => ({ kind: 'added' as const, product, before: null, fields: TOLD })),
  ...removed.map(product => ({ kind: 'removed' as const, product, before: null, fields: TOLD })),
];

/** How many products of all its lists a file would change. */
export const changesIn = (lists: readonly Diff[]): number =>
  lists.reduce((sum, one) => sum + one.added.length + one.removed.length + one.changed.length, 0);

/** What a file would change, list by list and product by product. */
export function PriceChanges({ of }: { of: readonly Diff[] }) {
  const { t } = useTranslation('staff');
  return (
    <div className="stack">
      {of.map(diff => (
        <section key={`${diff.priceList} ${diff.validFrom}`} className="stack">
          <h3>
            {t('products.versionFrom', { list: diff.priceList, version: diff.version, from: diff.validFrom })}
          </h3>
          <p>
            {t('products.counts', {
              added: diff.added.length,
              removed: diff.removed.length,
              changed: diff.changed.length,
              unchanged: diff.unchanged,
            })}
            {diff.validUntil !== null && ` ${t('products.until', { until: diff.validUntil })}`}
          </p>
          {changesOf(diff).length > 0 && <Changes of={diff} />}
        </section>
      ))}
    </div>
  );
}

function Changes({ of: diff }: { of: Diff }) {
  const { t, i18n } = useTranslation(['staff', 'frame']);
  const { fieldName, valueText } = useProductWords();
  const rows = useMemo(() => changesOf(diff), [diff]);
  const columns = useMemo<readonly Column<Change>[]>(() => {
    const text = ({ product, before, fields }: Change) =>
      fields
        .map(field => {
          const after = valueText(field, product[field]);
          const both = before === null ? after : `${valueText(field, before[field])} → ${after}`;
          return `${fieldName(field)} ${both}`;
        })
        .join(', ');
    return [
      {
        id: 'kind',
        name: t('frame:diff.changed'),
        value: change => t(`frame:diff.${change.kind}`),
        badge: ({ kind }) => KINDS[kind],
      },
      { id: 'code', name: t('product.code'), kind: 'code', value: ({ product }) => product.code },
      {
        id: 'name',
        name: t('product.name'),
        value: ({ product }) => (i18n.language === 'ja' ? product.nameJa : product.nameEn),
        wrap: true,
      },
      {
        id: 'fields',
        name: t('tariffs.what'),
        value: text,
        cell: change =>
          change.before === null ? <span className="small soft">{text(change)}</span> : <What of={change} />,
        wrap: true,
      },
    ];
  }, [t, i18n.language, fieldName, valueText]);
  return (
    <DataTable
      name={`diff-${diff.priceList}-${diff.validFrom}`}
      caption={t('products.changesOf', { list: diff.priceList })}
      of={{ rows }}
      columns={columns}
      rowKey={({ kind, product }) => `${kind}/${product.code}`}
      csv={`price-changes-${diff.priceList}`}
    />
  );
}

function What({ of: { product, before, fields } }: { of: Change }) {
  const { fieldName, valueText } = useProductWords();
  return fields.map(field => (
    <span key={field} className="diff-field">
      <span className="small soft">{fieldName(field)}</span>{' '}
      <del>{valueText(field, before?.[field] ?? null)}</del> → <ins>{valueText(field, product[field])}</ins>
    </span>
  ));
}
