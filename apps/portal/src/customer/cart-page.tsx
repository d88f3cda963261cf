import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { created, type Schemas, send } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useFace } from '../app/session.js';
import { OwnButton, OwnForm } from '../security/own-acts.js';
import { moneyText } from '../ui/money-text.js';
import { code, Facts, MoneyStat, Note, Page, Sheet, Stats } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { language } from '../words/index.js';
import { CartDevices } from './cart-devices.js';
import { CartChoice } from './cart-link.js';
import { type Cart, cartKey, useCart, useWhoseCart } from './cart-questions.js';
import { ShortTable } from './plain-table.js';
import { Verified } from './verified.js';

type Line = Cart['lines'][number];
type Order = Schemas['Order'];

const nameOf = (of: { readonly nameJa: string; readonly nameEn: string }): string =>
  language() === 'ja' ? of.nameJa : of.nameEn;

/** What is about to be bought, what it costs and how it is paid (CRT-01 to 07). */
export default function CartPage() {
  const { t } = useTranslation('customer');
  const cart = useCart();
  const [order, setOrder] = useState<Order | null>(null);
  return (
    <Verified>
      {order ? (
        <Bought order={order} />
      ) : (
        <Page title={t('cart.name')} lead={t('cart.lead')}>
          <CartChoice />
          <Answer of={cart}>
            {of => (of.count === 0 ? <Nothing /> : <Contents of={of} onBought={setOrder} />)}
          </Answer>
        </Page>
      )}
    </Verified>
  );
}

function Nothing() {
  const { t } = useTranslation('customer');
  const { of } = useWhoseCart();
  return (
    <Empty>
      <p>{t('cart.empty')}</p>
      <div className="buttons centred">
        <AppLink to="/shop" search={{ ...of }} className="button">
          {t('cart.shop')}
        </AppLink>
      </div>
    </Empty>
  );
}

function Bought({ order }: { order: Order }) {
  const { t } = useTranslation('customer');
  const { of } = useWhoseCart();
  const isCircle = useFace() === 'circle';
  const toCircle = order.circle !== null;
  const where = isCircle ? '/uniques' : toCircle ? `/circles/${order.circle}` : '/circles';
  return (
    <Page title={t('cart.thanks')} lead={t('cart.thanksLead', { order: order.order })}>
      <Sheet title={t('cart.bought')}>
        <ul>
          {order.contracts.map(contract => (
            <li key={contract}>{code(contract)}</li>
          ))}
        </ul>
        <div className="buttons">
          <AppLink to={where} className="button primary">
            {t(toCircle ? 'cart.toCircle' : 'cart.toCircles')}
          </AppLink>
          {order.shipments.length > 0 && (
            <AppLink to={`/orders/${order.order}`} className="button">
              {t('devices.toOrder')}
            </AppLink>
          )}
          <AppLink to="/shop" search={{ ...of }} className="button">
            {t('cart.toShop')}
          </AppLink>
        </div>
      </Sheet>
    </Page>
  );
}

function Contents({ of, onBought }: { of: Cart; onBought: (order: Order) => void }) {
  const { t } = useTranslation('customer');
  return (
    <>
      {of.changes.length > 0 && <Changes of={of} />}
      <Sheet title={t('cart.lines')} aside={<span className="soft small">{t('unitNet')}</span>}>
        <Lines of={of} />
      </Sheet>
      {of.delivery && <CartDevices of={of} delivery={of.delivery} />}
      <Sheet title={t('cart.totals')}>
        <Stats>
          <MoneyStat lead name={t('cart.due')} of={of.due} note={t('cart.dueNote')} />
          {of.available !== null && <MoneyStat name={t('cart.available')} of={of.available} />}
          <MoneyStat name={t('cart.firstInvoice')} of={of.firstInvoice.total} />
          <MoneyStat name={t('cart.nextInvoice')} of={of.nextInvoice.total} />
        </Stats>
        <Facts
          of={[
            [t('cart.monthlyTotal'), four(of.monthly)],
            [t('cart.monthTotal'), four(of.contractMonth)],
            [t('cart.initialTotal'), four(of.initial)],
          ]}
        />
        <Buy of={of} onBought={onBought} />
      </Sheet>
    </>
  );
}

/** The cart shows four decimals (CRT-02). */
const four = (amount: string): string => moneyText(amount, 4);

function Buy({ of, onBought }: { of: Cart; onBought: (order: Order) => void }) {
  const { t } = useTranslation('customer');
  const { account, of: whose } = useWhoseCart();
  if (of.missing !== null && of.missing !== '0')
    return (
      <Note kind="warn">
        <p>{t('cart.missing', { amount: moneyText(of.missing, 0) })}</p>
        <AppLink to="/prepaid">{t('cart.toCharge')}</AppLink>
      </Note>
    );
  if (of.refusal) return <Note kind="warn">{language() === 'ja' ? of.refusal.ja : of.refusal.en}</Note>;
  return (
    <OwnForm
      initial={{}}
      go={t('cart.order')}
      act={() => ({
        ask: {
          title: t('cart.confirm'),
          consequence: t('cart.consequence', { amount: moneyText(of.due, 0) }),
          go: t('cart.order'),
        },
        changes: [cartKey(account), ['balance', account], ['shop', account], ['circles', account]],
        send: async command => {
          const sent = { path: { account }, body: { ...whose, total: of.due }, command };
          return created(await send('POST', '/api/v1/accounts/{account}/cart/order', sent));
        },
        done: t('cart.thanks'),
        after: onBought,
      })}
    >
      {null}
    </OwnForm>
  );
}

function useRemoval(lines: readonly string[]) {
  const { t } = useTranslation('customer');
  const { account, of } = useWhoseCart();
  return {
    changes: [cartKey(account)],
    send: () =>
      send('DELETE', '/api/v1/accounts/{account}/cart', {
        path: { account },
        body: { ...of, lines: [...lines] },
      }),
    done: t('cart.removed'),
  };
}

function Remove({ line, name }: { line: string; name: string }) {
  const { t } = useTranslation('customer');
  return (
    <OwnButton {...useRemoval([line])} label={t('cart.removeOf', { name })}>
      {t('cart.remove')}
    </OwnButton>
  );
}

function Changes({ of }: { of: Cart }) {
  const { t } = useTranslation('customer');
  return (
    <Note kind="warn">
      <p>{t('cart.changed')}</p>
      <ul>
        {of.changes.map(change => (
          <li key={`${change.line}/${change.kind}`}>
            {t(`cart.changes.${change.kind}`, { name: nameOf(change), number: change.number ?? '' })}{' '}
            {(change.kind === 'not_sold' || change.kind === 'contract_gone') && (
              <Remove line={change.line} name={nameOf(change)} />
            )}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** The first fee of a line: it carries what can be done with the line. */
const isFirst = (row: Line, rows: readonly Line[]): row is Line & { readonly line: string } =>
  row.line !== null && rows.find(one => one.line === row.line) === row;

function Lines({ of }: { of: Cart }) {
  const { t } = useTranslation('customer');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const held = [...ticked].filter(line => of.lines.some(row => row.line === line));
  const tick = (line: string, on: boolean) =>
    setTicked(before => new Set(on ? [...before, line] : [...before].filter(one => one !== line)));
  const columns: readonly Column<Line>[] = [
    {
      id: 'tick',
      name: t('cart.tick'),
      value: () => null,
      sortable: false,
      cell: row =>
        isFirst(row, of.lines) && (
          <input
            type="checkbox"
            aria-label={t('cart.tickOf', { name: nameOf(row) })}
            checked={ticked.has(row.line)}
            onChange={event => tick(row.line, event.target.checked)}
          />
        ),
    },
    { id: 'no', name: t('cart.no'), kind: 'count', value: row => row.no },
    { id: 'product', name: t('cart.product'), value: nameOf },
    { id: 'numbers', name: t('cart.numbers'), kind: 'code', value: row => row.numbers.join(' ') },
    { id: 'class', name: t('cart.class'), value: row => t(`cart.classes.${row.class}`) },
    { id: 'unitPrice', name: t('cart.unitPrice'), kind: 'money', value: row => four(row.unitPrice) },
    { id: 'proRated', name: t('cart.proRated'), value: row => (row.proRated ? '○' : '') },
    {
      id: 'quantity',
      name: t('cart.quantity'),
      kind: 'count',
      value: row => row.quantity,
      cell: row =>
        isFirst(row, of.lines) && row.class !== 'cancel' && row.numbers.length === 0 ? (
          <Quantity key={row.quantity} of={row} />
        ) : (
          row.quantity
        ),
    },
    { id: 'subtotal', name: t('cart.subtotal'), kind: 'money', value: row => four(row.subtotal) },
    { id: 'month', name: t('cart.contractMonth'), kind: 'money', value: row => four(row.contractMonth) },
    actsColumn(t('cart.remove'), row =>
      isFirst(row, of.lines) ? <Remove line={row.line} name={nameOf(row)} /> : null,
    ),
  ];
  return (
    <>
      <ShortTable
        caption={t('cart.lines')}
        columns={columns}
        rows={of.lines}
        rowKey={row => String(row.no)}
        cards
      />
      {held.length > 0 && <RemoveTicked lines={held} />}
    </>
  );
}

function RemoveTicked({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation('customer');
  return (
    <div className="buttons">
      <OwnButton {...useRemoval(lines)}>{t('cart.removeTicked')}</OwnButton>
    </div>
  );
}

/** How many of a line; what is typed holds once it is saved. */
function Quantity({ of }: { of: Line & { readonly line: string } }) {
  const { t } = useTranslation('customer');
  const { account, of: whose } = useWhoseCart();
  const [text, setText] = useState(String(of.quantity));
  const quantity = Number(text.normalize('NFKC'));
  const isNew = Number.isInteger(quantity) && quantity > 0 && quantity !== of.quantity;
  return (
    <span className="buttons">
      <input
        className="input"
        inputMode="numeric"
        size={4}
        maxLength={4}
        aria-label={t('cart.quantityOf', { name: nameOf(of) })}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {isNew && (
        <OwnButton
          label={t('cart.changeOf', { name: nameOf(of) })}
          changes={[cartKey(account)]}
          send={() =>
            send('PUT', '/api/v1/accounts/{account}/cart/{line}', {
              path: { account, line: of.line },
              body: { ...whose, quantity },
            })
          }
          done={t('cart.changed1')}
        >
          {t('cart.change')}
        </OwnButton>
      )}
    </span>
  );
}
