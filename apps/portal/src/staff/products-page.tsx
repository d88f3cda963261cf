import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf, useAsk } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { ListPage } from '../ui/list-page.js';
import { Sheet } from '../ui/page.js';
import { SearchForm, useAsked } from '../ui/search-form.js';
import type { SearchField } from '../ui/search-values.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { PriceFile } from './price-file.js';
import { useProductWords } from './product-words.js';
import { type PriceList, type Product, usePriceLists } from './questions.js';

const STANDARD = 'standard';
const BADGES = { in_force: 'good', coming: 'warn', past: undefined, replaced: undefined } as const;

function useProductColumns(): readonly Column<Product>[] {
  const { t, i18n } = useTranslation('staff');
  const { valueText } = useProductWords();
  return useMemo(() => {
    const said = (field: keyof Product, more: Partial<Column<Product>> = {}): Column<Product> => ({
      id: field,
      name: t(`product.${field}`),
      value: row => valueText(field, row[field]),
      ...more,
    });
    return [
      { id: 'code', name: t('product.code'), kind: 'code', value: row => row.code },
      {
        id: 'name',
        name: t('product.name'),
        value: row => (i18n.language === 'ja' ? row.nameJa : row.nameEn),
        names: true,
        wrap: true,
      },
      said('kind'),
      { id: 'monthly', name: t('product.monthly'), kind: 'money', value: row => row.monthly },
      { id: 'initial', name: t('product.initial'), kind: 'money', value: row => row.initial },
      said('proRated'),
      said('taxCategory'),
      said('end', { hidden: true }),
      said('most', { hidden: true }),
      said('perSheets', { hidden: true }),
      said('campaign', { hidden: true }),
      said('corporateOnly', { hidden: true }),
      said('single', { hidden: true }),
      said('forNumbers', { wrap: true }),
      said('capabilities', { hidden: true, wrap: true }),
      said('selfService', { hidden: true }),
    ];
  }, [t, i18n.language, valueText]);
}

/** Every version of every list, and what becomes of it on the day. */
function Versions({ of }: { of: ReturnType<typeof usePriceLists> }) {
  const { t } = useTranslation('staff');
  const columns = useMemo<readonly Column<PriceList>[]>(
    () => [
      { id: 'priceList', name: t('products.list'), kind: 'code', value: row => row.priceList },
      { id: 'version', name: t('tariffs.version'), kind: 'count', value: row => row.version },
      {
        id: 'state',
        name: t('products.state'),
        value: row => t(`products.states.${row.state}`),
        badge: row => BADGES[row.state],
      },
      { id: 'from', name: t('products.validFrom'), kind: 'day', value: row => row.validFrom },
      { id: 'until', name: t('products.validUntil'), kind: 'day', value: row => row.validUntil },
      { id: 'products', name: t('products.products'), kind: 'count', value: row => row.products },
      { id: 'published', name: t('tariffs.published'), kind: 'time', value: row => row.publishedAt },
    ],
    [t],
  );
  return (
    <Sheet title={t('products.versions')}>
      <DataTable
        name="versions"
        caption={t('products.versions')}
        of={listOf(of)}
        columns={columns}
        rowKey={row => `${row.priceList} ${row.version}`}
        filter={false}
        empty={t('products.none')}
      />
    </Sheet>
  );
}

/** Products and prices as they hold on a day, every version, and a new file: first what it would change. */
export default function ProductsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  const columns = useProductColumns();
  const named = usePriceLists('').data?.rows;
  const names = useMemo(() => [...new Set(named?.map(row => row.priceList))], [named]);
  const fields: readonly SearchField[] = [
    { name: 'list', label: t('products.list'), choices: [...names.map(name => [name, name] as const)] },
    { name: 'on', label: t('products.on'), type: 'date' },
  ];
  const { list: chosen = '', on = '' } = useAsked({ fields });
  const first = names.includes(STANDARD) ? STANDARD : (names[0] ?? '');
  const list = chosen === '' ? first : chosen;
  const versions = usePriceLists(on);
  const isKnown = versions.data?.rows.some(row => row.priceList === list && row.state === 'in_force');
  const shown = useAsk(
    ['priceList', list, on],
    '/api/v1/price-lists/{priceList}',
    { path: { priceList: list }, query: { on } },
    { enabled: isKnown === true },
  );
  const rows = isKnown === false ? [] : shown.data?.products;
  const { version, validFrom } = shown.data ?? {};
  return (
    <ListPage
      name="products"
      title={t('products.name')}
      lead={t('products.lead')}
      sheet={
        isKnown === true && version !== undefined
          ? t('products.versionFrom', { list, version, from: validFrom })
          : t('products.products')
      }
      aside={<span className="soft small">{t('tariffs.unit')}</span>}
      search={<SearchForm label={t('products.name')} fields={fields} usual={{ list: first }} />}
      of={{ rows, error: versions.error ?? shown.error, retry: () => void shown.refetch() }}
      columns={columns}
      rowKey={row => row.code}
      csv={`products-${list}`}
      empty={t('products.noneOn')}
      below={
        <>
          <Versions of={versions} />
          {may('POST /api/v1/catalogue') && (
            <Sheet title={t('products.upload')}>
              <PriceFile />
            </Sheet>
          )}
        </>
      }
    />
  );
}
