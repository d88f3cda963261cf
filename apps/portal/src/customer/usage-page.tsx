import { useTranslation } from 'react-i18next';
import { download } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { UrlSelect, useChoice } from '../ui/choices.js';
import { Money } from '../ui/money.js';
import { sumOf } from '../ui/money-text.js';
import { countText } from '../ui/number-text.js';
import { Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { Month } from '../ui/time.js';
import { monthsBack, monthText, thisMonth } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';
import { decimalsFor } from './figures.js';
import { useCategoryName } from './names.js';
import { PlainTable } from './plain-table.js';
import { type Statement, useStatement } from './questions.js';
import { Verified } from './verified.js';

/** Months that can be chosen, the running one first. */
const MONTHS = 25;

/** 利用明細 of a month, as its PDF and its CSV show it; after a second step (AUT-08). */
export default function UsagePage() {
  return (
    <Verified>
      <UsageOfMonth />
    </Verified>
  );
}

function UsageOfMonth() {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const toasts = useToasts();
  const months = monthsBack(thisMonth(), MONTHS);
  const [running = '', last = ''] = months;
  const month = useChoice('month', months, last);
  const answer = useStatement(month);
  const save = (format: 'csv' | 'pdf') => {
    const about = { path: { account, month }, query: { format, language: language() } };
    const name = `statement-${account}-${month}.${format}`;
    download('/api/v1/accounts/{account}/statements/{month}', about, name).catch(toasts.failed);
  };
  return (
    <Page
      title={t('usage.name')}
      lead={t('usage.lead')}
      acts={
        answer.data?.statement && (
          <>
            <button type="button" className="button" onClick={() => save('csv')}>
              {t('usage.csv')}
            </button>
            <button type="button" className="button primary" onClick={() => save('pdf')}>
              {t('usage.pdf')}
            </button>
          </>
        )
      }
    >
      <Sheet
        title={<Month of={month} />}
        aside={
          <UrlSelect
            name="month"
            label={t('usage.month')}
            usual={last}
            choices={months.map(one => [one, monthText(one, language())])}
          />
        }
      >
        {month === running && <Note>{t('usage.running')}</Note>}
        <Answer of={answer}>
          {({ statement }) =>
            statement ? <StatementTable of={statement} /> : <Empty>{t('usage.none')}</Empty>
          }
        </Answer>
      </Sheet>
    </Page>
  );
}

type Figures = Statement['total'];

function StatementTable({ of: { rows, total, incomingDiscount, unansweredNotCounted } }: { of: Statement }) {
  const { t } = useTranslation(['customer', 'frame']);
  const category = useCategoryName();
  const decimals = decimalsFor([...rows, total, incomingDiscount].map(row => row.amount));
  const row = (group: string, name: string, figures: Figures, isTotal = false) => {
    const { calls, duration, amount } = figures;
    return (
      <Row key={name} group={group} name={name} isTotal={isTotal}>
        <td className="number" data-name={t('usage.calls')}>
          {countText(calls)}
        </td>
        <td className="number" data-name={t('usage.duration')}>
          {duration}
        </td>
        <td className="number" data-name={t('usage.amount')}>
          <Money of={amount} decimals={decimals} />
        </td>
      </Row>
    );
  };
  return (
    <>
      <PlainTable caption={t('usage.name')} density="comfortable" cards>
        <thead>
          <tr>
            <th scope="col">{t('usage.group')}</th>
            <th scope="col">{t('usage.category')}</th>
            <th scope="col" className="number">
              {t('usage.calls')}
            </th>
            <th scope="col" className="number">
              {t('usage.duration')}
            </th>
            <th scope="col" className="number">
              {t('usage.amount')}
            </th>
          </tr>
        </thead>
        <tbody>{rows.map(one => row(t('usage.callsGroup'), category(one.category), one))}</tbody>
        <tfoot>
          {row(t('usage.total'), '', total, true)}
          {row(t('usage.discount'), t('usage.discounted'), incomingDiscount, true)}
          <Row group={t('usage.after')} name="" isTotal>
            <td />
            <td />
            <td className="number" data-name={t('usage.amount')}>
              <Money of={sumOf([total.amount, incomingDiscount.amount])} decimals={decimals} />
            </td>
          </Row>
        </tfoot>
      </PlainTable>
      <p className="small soft">{t('usage.unanswered', { calls: unansweredNotCounted })}</p>
    </>
  );
}

interface RowProps {
  readonly group: string;
  readonly name: string;
  /** Named by its group: a total, the discount. */
  readonly isTotal?: boolean;
  readonly children: React.ReactNode;
}
function Row({ group, name, isTotal = false, children }: RowProps) {
  const { t } = useTranslation('customer');
  return (
    <tr>
      {isTotal ? <th scope="row">{group}</th> : <td data-name={t('usage.group')}>{group}</td>}
      {isTotal ? (
        <td>{name}</td>
      ) : (
        <th scope="row" data-name={t('usage.category')}>
          {name}
        </th>
      )}
      {children}
    </tr>
  );
}
