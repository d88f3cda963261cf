import { useTranslation } from 'react-i18next';
import { created, type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { OwnForm } from '../security/own-acts.js';
import { moneyText } from '../ui/money-text.js';
import { code, Facts, MoneyStat, Note, Page, Sheet, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useKnown } from '../words/known.js';
import { paymentsKey, useChainName } from './payment-questions.js';

type Payment = Schemas['Payment'];
const ROUTE = '/api/v1/accounts/{account}/payments/{payment}';
/** Until it is complete, somebody may be paying it on another page. */
const LOOK_MS = 3_000;
const DONE: readonly Payment['standing'][] = ['completed', 'cancelled', 'expired'];

/** One order of prepaid value: how it can be paid, and what has become of it. */
export default function PaymentPage() {
  const { t } = useTranslation('customer');
  const account = useAccount();
  const payment = useParam('payment');
  const of = useAsk(
    [...paymentsKey(account), payment],
    ROUTE,
    { path: { account, payment } },
    {
      refetchInterval: LOOK_MS,
    },
  );
  return (
    <Page title={t('charge.one')} lead={code(payment)}>
      <Answer of={of}>{found => <Found of={found} />}</Answer>
      <p>
        <AppLink to="/charge">{t('charge.toList')}</AppLink>
      </p>
    </Page>
  );
}

function Found({ of }: { of: Payment }) {
  const { t } = useTranslation('customer');
  const declineOf = useKnown('customer:charge.declines');
  const chainName = useChainName();
  const isReadOnly = useReadOnly();
  return (
    <>
      <Note kind={of.standing === 'completed' ? 'good' : of.standing === 'may_try_again' ? 'bad' : 'warn'}>
        <p role="status">
          <strong>{t(`charge.standings.${of.standing}`)}</strong>
        </p>
        <p>{t(`charge.next.${of.standing}`)}</p>
        {of.transferTo !== null && <p>{t('charge.transferNote')}</p>}
        {of.decline !== null && of.standing === 'may_try_again' && <p>{declineOf(of.decline)}</p>}
        {of.page !== null && (of.standing === 'waits_for_customer' || of.numbers.length > 0) && (
          <p>
            <a href={of.page} className="button primary" target="_blank" rel="noreferrer">
              {t(of.numbers.length > 0 ? 'charge.toSlip' : 'charge.toGateway')}
            </a>
          </p>
        )}
      </Note>
      <Sheet title={t('charge.facts')}>
        <div className="stack">
          <Stats>
            <MoneyStat lead name={t('charge.amount')} of={of.amount} />
          </Stats>
          <Facts
            of={[
              [t('charge.method'), t(`charge.methods.${of.method}`)],
              [t('charge.at'), <Time key="at" at={of.orderedAt} />],
              [t('charge.until'), <Time key="until" at={of.payableUntil} />],
              ...(of.chain === null ? [] : [[t('charge.chain'), chainName(of.chain)] as const]),
              ...of.numbers.map(
                one => [t(`charge.numbers.${one.kind as 'receipt'}`), code(one.value)] as const,
              ),
              ...(of.transferTo === null
                ? []
                : accountFacts(
                    of.transferTo,
                    t('charge.account'),
                    t(`charge.accountKinds.${of.transferTo.kind}`),
                  )),
              ...(of.returned === '0'
                ? []
                : [[t('charge.returned'), t('charge.yen', { amount: moneyText(of.returned, 0) })] as const]),
            ]}
          />
          {!isReadOnly && !DONE.includes(of.standing) && of.standing !== 'accepted' && <Acts of={of} />}
        </div>
      </Sheet>
    </>
  );
}

const accountFacts = (to: NonNullable<Payment['transferTo']>, name: string, kind: string) =>
  [[name, `${to.bank} ${to.branch} ${kind} ${to.number} ${to.holder}`]] as const;

/** Another attempt after one that failed; or none any more. */
function Acts({ of: { account, payment, standing } }: { of: Payment }) {
  const { t } = useTranslation('customer');
  const path = { account, payment };
  const changes = [paymentsKey(account)];
  return (
    <div className="buttons">
      {standing === 'may_try_again' && (
        <OwnForm
          initial={{}}
          go={t('charge.again')}
          act={() => ({
            changes,
            send: async command => created(await send('POST', `${ROUTE}/attempts`, { path, command })),
            done: t('charge.ordered'),
          })}
        >
          {null}
        </OwnForm>
      )}
      <OwnForm
        initial={{}}
        go={t('charge.cancel')}
        danger
        act={() => ({
          ask: {
            title: t('charge.cancelTitle'),
            consequence: t('charge.cancelConsequence'),
            go: t('charge.cancel'),
            danger: true,
          },
          changes,
          send: command => send('POST', `${ROUTE}/cancellation`, { path, command }),
          done: t('charge.cancelled'),
        })}
      >
        {null}
      </OwnForm>
    </div>
  );
}
