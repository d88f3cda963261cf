import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useParam } from '../app/url-state.js';
import { Money } from '../ui/money.js';
import { code, Facts, MoneyStat, Note, Page, Sheet, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { Day } from '../ui/time.js';
import { monthText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { InvoiceFiles } from './invoice-files.js';

type Invoice = Schemas['Invoice'];
type Line = Invoice['lines'][number];
type Subtotal = Invoice['subtotals'][number];
type Taxed = Pick<Subtotal, 'taxCategory' | 'taxRate'>;

/** One invoice as it was issued, to read on the screen; the PDF is the document. */
export default function InvoicePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const number = useParam('number');
  const invoice = useAsk(['invoice', number], '/api/v1/invoices/{number}', { path: { number } });
  return (
    <Page
      title={invoice.data?.subject ?? t('invoices.detail')}
      lead={code(number)}
      acts={<InvoiceFiles number={number} />}
    >
      <Answer of={invoice}>{of => <Contents of={of} />}</Answer>
    </Page>
  );
}

function Contents({ of }: { of: Invoice }) {
  const { t } = useTranslation(['customer', 'frame']);
  const isReturn = of.kind === 'return';
  return (
    <>
      <Sheet>
        <Stats>
          <MoneyStat lead name={t(isReturn ? 'invoices.returnTotal' : 'invoices.total')} of={of.total} />
          <MoneyStat name={t('invoices.netTotal')} of={of.net} />
          <MoneyStat name={t('invoices.taxTotal')} of={of.tax} />
        </Stats>
      </Sheet>
      {isReturn && <Note>{t('invoices.returnNote')}</Note>}
      <Sheet title={t('invoices.detail')}>
        <Facts
          of={[
            [t('invoices.recipient'), `${of.recipient.name} ${of.recipient.honorific}`.trim()],
            [t(isReturn ? 'invoices.returnDate' : 'invoices.date'), <Day key="date" of={of.issueDate} />],
            [
              t('invoices.period'),
              <span key="period">
                <Day of={of.period.from} /> {t('invoices.to')} <Day of={of.period.to} />
              </span>,
            ],
            [t(isReturn ? 'invoices.returnPayment' : 'invoices.payment'), of.payment],
            ...(of.corrects ?? []).map(({ month, invoices }): [string, ReactNode] => [
              t('invoices.corrects', { month: monthText(month, language()) }),
              invoices.length === 0 ? '—' : <Originals key={month} of={invoices} />,
            ]),
            [t('invoices.issuer'), of.issuer.name],
            [t('invoices.registration'), code(of.issuer.registrationNumber || '—')],
          ]}
        />
      </Sheet>
      <Sheet title={t('invoices.lines')} aside={<span className="soft small">{t('unitNet')}</span>}>
        <Lines of={of} />
      </Sheet>
      <Sheet title={t('invoices.subtotals')} aside={<span className="soft small">{t('unit')}</span>}>
        <Subtotals of={of} />
      </Sheet>
    </>
  );
}

/** The invoices on which stands what is given back. */
const Originals = ({ of }: { of: readonly string[] }) => (
  <span className="buttons">
    {of.map(number => (
      <AppLink key={number} to={`/invoices/${number}`}>
        {number}
      </AppLink>
    ))}
  </span>
);

/** 課税区分 with its rate: 課税 10%. */
function useTaxText(): (taxed: Taxed) => string {
  const { t } = useTranslation('customer');
  return ({ taxCategory, taxRate }) => {
    const rate = String(taxRate / 100);
    if (taxCategory === 'standard') return t('invoices.taxed', { rate });
    return taxCategory === 'reduced' ? t('invoices.reduced', { rate }) : t(`invoices.${taxCategory}`);
  };
}

function Lines({ of: { lines, net } }: { of: Invoice }) {
  const { t } = useTranslation(['customer', 'frame']);
  const tax = useTaxText();
  const columns: readonly Column<Line & { readonly at: number }>[] = [
    { id: 'item', name: t('invoices.item'), value: line => line.item },
    { id: 'content', name: t('invoices.content'), value: line => line.content, wrap: true },
    { id: 'tax', name: t('invoices.tax'), value: tax },
    { id: 'quantity', name: t('invoices.quantity'), kind: 'count', value: line => line.quantity || null },
    {
      id: 'net',
      name: t('invoices.net'),
      kind: 'money',
      value: line => line.net,
      total: <Money of={net} />,
    },
  ];
  const rows = useMemo(() => lines.map((line, at) => ({ ...line, at })), [lines]);
  return (
    <DataTable
      name="lines"
      caption={t('invoices.lines')}
      of={{ rows }}
      columns={columns}
      rowKey={line => String(line.at)}
      filter={false}
      sort={false}
    />
  );
}

function Subtotals({ of: { subtotals, net, tax: allTax } }: { of: Invoice }) {
  const { t } = useTranslation(['customer', 'frame']);
  const tax = useTaxText();
  const columns: readonly Column<Subtotal>[] = [
    { id: 'rate', name: t('invoices.rate'), value: tax },
    {
      id: 'net',
      name: t('invoices.net'),
      kind: 'money',
      value: row => row.net,
      total: <Money of={net} />,
    },
    {
      id: 'tax',
      name: t('invoices.taxAmount'),
      kind: 'money',
      value: row => row.tax,
      total: <Money of={allTax} />,
    },
  ];
  return (
    <DataTable
      name="subtotals"
      caption={t('invoices.subtotals')}
      of={{ rows: subtotals }}
      columns={columns}
      rowKey={row => `${row.taxCategory}/${row.taxRate}`}
      filter={false}
      sort={false}
    />
  );
}
