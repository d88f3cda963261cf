import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';
import { useSessionActs } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { useConfirm } from '../ui/confirm.js';
import { TextField } from '../ui/form/field.js';
import { Money } from '../ui/money.js';
import { Columns, code, Facts, MoneyStat, Note, Page, Sheet, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Day } from '../ui/time.js';
import { timeText } from '../ui/time-text.js';
import { useToasts } from '../ui/toasts.js';
import { AccountActs } from './account-acts.js';
import { AccountEnding } from './account-ending.js';
import { AccountHistory } from './account-history.js';
import { AccountLogins } from './account-logins.js';
import { AccountParty } from './account-party.js';
import { AccountTimeline } from './account-timeline.js';
import { contractOf, StaffForm } from './acts.js';
import { type Account, type Balance, useAccountOf, useBalanceOf } from './questions.js';

/** One customer: what is agreed, what is left, and what staff may do about it. */
export default function AccountPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const id = useParam('account');
  const account = useAccountOf(id);
  const balance = useBalanceOf(id);
  const may = useMay();
  return (
    <Page title={account.data?.name ?? id} lead={code(id)} acts={<LookAsCustomer account={id} />}>
      {account.data?.suspendedSince && (
        <Note kind="bad">
          <p>
            <strong>{t('account.suspended')}</strong>
          </p>
          <p>{t('account.suspendedSince', { time: timeText(account.data.suspendedSince) })}</p>
        </Note>
      )}
      <Sheet title={t('account.wallet')}>
        <Answer of={balance}>{of => <Wallet of={of} />}</Answer>
      </Sheet>
      <Columns>
        <Sheet title={t('account.contract')}>
          <Answer of={account}>{of => <Contract of={of} />}</Answer>
        </Sheet>
        <Sheet title={t('account.links')}>
          <Links account={id} />
        </Sheet>
      </Columns>
      <Answer of={account}>{of => <AccountActs account={of} />}</Answer>
      {may('GET /api/v1/accounts/{account}/party') && <AccountParty account={id} />}
      <AccountLogins account={id} />
      <Sheet title={t('account.notes')}>
        <Notes account={id} />
      </Sheet>
      {may('GET /api/v1/accounts/{account}/timeline') && (
        <Sheet title={t('timeline.name')}>
          <AccountTimeline account={id} />
        </Sheet>
      )}
      <Sheet title={t('account.history')}>
        <AccountHistory account={id} />
      </Sheet>
      <AccountEnding account={id} />
    </Page>
  );
}

/** What staff know about the customer, for each other; who may write, writes. */
function Notes({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const route = '/api/v1/accounts/{account}/notes';
  const notes = useAsk(['notes', account], route, { path: { account } });
  return (
    <div className="stack">
      <Answer of={notes}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="soft">{t('account.noNotes')}</p>
          ) : (
            <ul className="plain-list">
              {rows.map(({ at, by, text, position }) => (
                <li key={position}>
                  <p>{text}</p>
                  <p className="small soft">
                    <time dateTime={at}>{timeText(at)}</time> {by}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {may(`POST ${route}`) && (
        <StaffForm
          initial={{ text: '' }}
          go={t('account.note')}
          empties
          act={({ text }: { text: string }) => ({
            ask: {
              title: t('account.note'),
              consequence: t('account.noteConsequence', { account }),
              go: t('account.note'),
            },
            changes: [['notes', account], ['timeline', account], ...contractOf(account)],
            send: command => send('POST', route, { path: { account }, body: { text }, command }),
          })}
        >
          <TextField name="text" label={t('account.noteText')} maxLength={1000} required />
        </StaffForm>
      )}
    </div>
  );
}

/** The customer's own pages, read only; who looked and why is recorded. */
function LookAsCustomer({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const { enter } = useSessionActs();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const toasts = useToasts();
  const look = async () => {
    const yes = await confirm({
      title: t('account.look'),
      consequence: t('account.lookConsequence', { account }),
      go: t('account.lookGo'),
      reason: true,
    });
    if (!yes) return;
    await enter({ account }, yes.reason);
    await navigate({ to: '/' as never });
  };
  return (
    <button type="button" className="button primary" onClick={() => void look().catch(toasts.failed)}>
      {t('account.look')}
    </button>
  );
}

function Wallet({ of: { available, posted, held, receivable, asOf, lots } }: { of: Balance }) {
  const { t } = useTranslation('staff');
  return (
    <Stats>
      <MoneyStat
        lead
        name={t('account.available')}
        note={<time dateTime={asOf}>{t('account.asOf', { time: timeText(asOf) })}</time>}
        of={available}
      />
      <MoneyStat name={t('account.posted')} note={t('account.lots', { lots: lots.length })} of={posted} />
      <MoneyStat name={t('account.held')} of={held} />
      <MoneyStat name={t('account.receivable')} of={receivable} />
    </Stats>
  );
}

function Contract({ of }: { of: Account }) {
  const { t } = useTranslation('staff');
  return (
    <Facts
      of={[
        [t('accounts.opened'), <Day key="opened" of={of.openedOn} />],
        [
          t('accounts.tariff'),
          <AppLink key="tariff" to={`/tariffs/${of.tariff}`}>
            {of.tariff}
          </AppLink>,
        ],
        [t('priceListOf.list'), code(of.priceList)],
        [
          t('accounts.discount'),
          <span key="discount">
            <Money of={of.incomingDiscount} unit /> {t('account.perMinute')}
          </span>,
        ],
        [
          t('accounts.numbers'),
          of.numbers.length === 0 ? t('account.noNumbers') : code(of.numbers.join(' / ')),
        ],
      ]}
    />
  );
}

function Links({ account }: { account: string }) {
  const { t } = useTranslation('staff');
  const may = useMay();
  return (
    <ul className="plain-list">
      <li>
        <AppLink to={`/accounts/${account}/contracts`}>{t('account.contracts')}</AppLink>
      </li>
      <li>
        <AppLink to={`/accounts/${account}/purchases`}>{t('account.purchases')}</AppLink>
      </li>
      <li>
        <AppLink to={`/accounts/${account}/orders`}>{t('account.orders')}</AppLink>
      </li>
      {may('POST /api/v1/accounts/{account}/cancellation') && (
        <li>
          <AppLink to={`/accounts/${account}/cancel`}>{t('account.cancelAccount')}</AppLink>
        </li>
      )}
      <li>
        <AppLink to="/invoices" search={{ counterparty: account }}>
          {t('account.invoices')}
        </AppLink>
      </li>
      <li>
        <AppLink to="/closes">{t('account.closes')}</AppLink>
      </li>
      <li>
        <AppLink to="/suspense">{t('account.suspense')}</AppLink>
      </li>
    </ul>
  );
}
