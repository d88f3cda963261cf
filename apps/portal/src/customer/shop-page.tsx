import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useAct } from '../ui/act.js';
import { Badge, Page, Sheet, Stat, Stats } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { language } from '../words/index.js';
import { CartChoice, CartLink } from './cart-link.js';
import { cartKey, putIntoCart, type ShopProduct, useShop, useWhoseCart } from './cart-questions.js';
import { ShortTable } from './plain-table.js';
import { Verified } from './verified.js';

const KINDS = [
  ...(['unique', 'option', 'trunk', 'trunk_channel', 'fax', 'fax_channel'] as const),
  ...(['account_option', 'invoice_posting', 'device'] as const),
] as const;

const inLanguage = (ja: string, en: string): string => (language() === 'ja' ? ja : en);

/** What can be bought by count (CAT-01, CAT-24 to 26, DEV-01); numbers are chosen on a page of their own. */
export default function ShopPage() {
  const { t } = useTranslation('customer');
  const shop = useShop();
  return (
    <Verified>
      <Page title={t('cart.shop')} lead={t('cart.shopLead')} acts={<CartLink />}>
        <CartChoice />
        <Answer of={shop}>
          {of => (
            <>
              <Sheet>
                <Stats>
                  <Stat name={t('cart.callsNow')}>{of.calls}</Stat>
                  <Stat name={t('cart.faxNow')}>{of.fax}</Stat>
                </Stats>
              </Sheet>
              <Products rows={of.rows} />
            </>
          )}
        </Answer>
        <Sheet title={t('cart.notes')}>
          <ul>
            {shop.data && <li>{t('cart.mostCalls', { most: shop.data.mostCalls })}</li>}
            <li>{t('cart.note020')}</li>
            <li>{t('cart.noteRecording')}</li>
            <li>{t('cart.noteDevices')}</li>
          </ul>
        </Sheet>
      </Page>
    </Verified>
  );
}

function Products({ rows }: { rows: readonly ShopProduct[] }) {
  const { t } = useTranslation('customer');
  const { account, of } = useWhoseCart();
  const act = useAct({});
  const [wanted, setWanted] = useState<Readonly<Record<string, string>>>({});
  const items = Object.entries(wanted).flatMap(([code, text]) => {
    const quantity = Number(text.normalize('NFKC'));
    return Number.isInteger(quantity) && quantity > 0 ? [`${code}:${quantity}`] : [];
  });
  const add = () =>
    act({
      changes: [cartKey(account)],
      send: () => putIntoCart(account, of, items),
      done: t('cart.added'),
      after: () => setWanted({}),
    });
  const shown = KINDS.map(kind => ({ kind, products: rows.filter(one => one.kind === kind) })).filter(
    ({ products }) => products.length > 0,
  );
  if (shown.length === 0) return <Empty>{t('cart.none')}</Empty>;
  return (
    <>
      {shown.map(({ kind, products }) => (
        <Sheet key={kind} title={t(`cart.kinds.${kind}`)}>
          <Kind
            caption={t(`cart.kinds.${kind}`)}
            products={products}
            wanted={wanted}
            onWant={(code, text) => setWanted(before => ({ ...before, [code]: text }))}
          />
        </Sheet>
      ))}
      <div className="buttons below">
        <AppLink to="/numbers" search={{ ...of }} className="button">
          {t('cart.toNumbers')}
        </AppLink>
        <button
          type="button"
          className="button primary"
          disabled={items.length === 0}
          onClick={() => void add()}
        >
          {t('cart.add')}
        </button>
      </div>
    </>
  );
}

interface KindProps {
  readonly caption: string;
  readonly products: readonly ShopProduct[];
  readonly wanted: Readonly<Record<string, string>>;
  readonly onWant: (code: string, text: string) => void;
}

function Kind({ caption, products, wanted, onWant }: KindProps) {
  const { t } = useTranslation('customer');
  // Of devices the price with tax, too, and how long they are guaranteed (DEV-01).
  const deviceColumns: readonly Column<ShopProduct>[] = products.some(one => one.guaranteeMonths !== null)
    ? [
        { id: 'withTax', name: t('devices.withTax'), kind: 'money', value: row => row.initialWithTax },
        {
          id: 'guarantee',
          name: t('devices.guarantee'),
          value: row =>
            row.guaranteeMonths === null ? null : t('devices.guaranteed', { months: row.guaranteeMonths }),
        },
      ]
    : [];
  const columns: readonly Column<ShopProduct>[] = [
    {
      id: 'product',
      name: t('cart.product'),
      value: row => inLanguage(row.nameJa, row.nameEn),
      cell: row => (
        <>
          {inLanguage(row.nameJa, row.nameEn)}{' '}
          {row.campaign && <Badge kind="good">{t('cart.campaign')}</Badge>}{' '}
          {row.corporateOnly && <Badge>{t('cart.companies')}</Badge>}
        </>
      ),
    },
    {
      id: 'description',
      name: t('cart.description'),
      value: row => inLanguage(row.descriptionJa, row.descriptionEn),
      wrap: true,
    },
    { id: 'monthly', name: t('cart.monthly'), kind: 'money', value: row => row.monthly },
    { id: 'initial', name: t('cart.initial'), kind: 'money', value: row => row.initial },
    ...deviceColumns,
    {
      id: 'quantity',
      name: t('cart.quantity'),
      value: row => wanted[row.code] ?? '',
      cell: row => <Quantity of={row} text={wanted[row.code] ?? ''} onWant={onWant} />,
    },
  ];
  return <ShortTable caption={caption} columns={columns} rows={products} rowKey={row => row.code} cards />;
}

function Quantity({ of, text, onWant }: { of: ShopProduct; text: string; onWant: KindProps['onWant'] }) {
  const { t } = useTranslation('customer');
  if (of.single && of.inUse > 0) return <Badge>{t('cart.inUse')}</Badge>;
  if (!of.selfService) return <span className="soft">{t('cart.ask')}</span>;
  return (
    <>
      <input
        className="input"
        inputMode="numeric"
        size={4}
        maxLength={4}
        placeholder="0"
        aria-label={t('cart.quantityOf', { name: inLanguage(of.nameJa, of.nameEn) })}
        value={text}
        onChange={event => onWant(of.code, event.target.value)}
      />
      {of.inUse > 0 && <span className="soft small"> {t('cart.used', { count: of.inUse })}</span>}
    </>
  );
}
