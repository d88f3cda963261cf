import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { OwnButton, OwnForm } from '../security/own-acts.js';
import { CheckField, Field, RadioField, SelectField } from '../ui/form/field.js';
import { moneyText } from '../ui/money-text.js';
import { Facts, MoneyStat, Note, Page, Sheet, Stats } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { timeText } from '../ui/time-text.js';
import { prepaidSettingsKey, useCardName, usePrepaidSettings } from './payment-questions.js';
import { useBalance } from './questions.js';

type Settings = Schemas['PrepaidSettings'];
type Card = Settings['cards'][number];
const ROUTE = '/api/v1/accounts/{account}/prepaid-settings';
const WISHES = ['off', 'ja', 'en'] as const;

/** Alerts of a low balance, what is charged then, and registered cards (PRE-01 to PRE-12). */
export default function PrepaidSettingsPage() {
  const { t } = useTranslation('customer');
  const of = usePrepaidSettings(useAccount());
  const isReadOnly = useReadOnly();
  return (
    <Page title={t('prepaidSettings.name')} lead={t('prepaidSettings.lead')}>
      <Answer of={of}>
        {settings => (
          <div className="stack">
            <Now of={settings} />
            {isReadOnly ? (
              <Standing of={settings} />
            ) : (
              <Change key={JSON.stringify(settings.cards)} of={settings} />
            )}
            <Cards of={settings} isReadOnly={isReadOnly} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

/** What is charged when, and what was this month. */
function Now({ of }: { of: Settings }) {
  const { t } = useTranslation('customer');
  const balance = useBalance().data;
  const isOff = of.cards.some(({ card, switchedOff }) => card === of.card && switchedOff);
  const lines = [
    of.recharging
      ? t('prepaidSettings.states.on', {
          trigger: moneyText(of.trigger ?? '0', 0),
          amount: moneyText(of.amount ?? '0', 0),
        })
      : t(of.recharge && isOff ? 'prepaidSettings.states.switchedOff' : 'prepaidSettings.states.off'),
    ...(of.inFlight === null ? [] : [t('prepaidSettings.states.inFlight')]),
    ...(of.stoppedUntil === null
      ? []
      : [t('prepaidSettings.states.stopped', { until: timeText(of.stoppedUntil) })]),
    ...(of.nextAt === null || !of.recharging
      ? []
      : [t('prepaidSettings.states.waiting', { at: timeText(of.nextAt) })]),
  ];
  return (
    <Sheet title={t('prepaidSettings.now')}>
      <div className="stack">
        <Stats>
          {balance && <MoneyStat lead name={t('prepaidSettings.balance')} of={balance.posted} />}
          <MoneyStat
            name={t('prepaidSettings.monthTotal')}
            of={of.monthTotal}
            note={
              of.limit === null ? undefined : t('prepaidSettings.limitOf', { limit: moneyText(of.limit, 0) })
            }
          />
        </Stats>
        {lines.map(line => (
          <p key={line} role="status">
            {line}
          </p>
        ))}
      </div>
    </Sheet>
  );
}

/** What is set, for those who may only look. */
function Standing({ of }: { of: Settings }) {
  const { t } = useTranslation('customer');
  const cardName = useCardName();
  const card = of.cards.find(one => one.card === of.card);
  const yen = (amount: string | null) => (amount === null ? '' : moneyText(amount, 0));
  return (
    <Sheet title={t('prepaidSettings.name')}>
      <Facts
        of={[
          [t('prepaidSettings.alert'), t(`prepaidSettings.wishes.${of.alert}`)],
          [t('prepaidSettings.alertAmount1'), yen(of.alertAmounts[0] ?? null)],
          [t('prepaidSettings.alertAmount2'), yen(of.alertAmounts[1] ?? null)],
          [t('prepaidSettings.alertMails'), of.alertMails],
          [t('prepaidSettings.trigger'), yen(of.trigger)],
          [t('prepaidSettings.amount'), yen(of.amount)],
          [t('prepaidSettings.limit'), yen(of.limit)],
          [t('prepaidSettings.card'), card ? cardName(card) : ''],
          [t('prepaidSettings.limitAlert'), t(`prepaidSettings.wishes.${of.limitAlert}`)],
          [t('prepaidSettings.limitMails'), of.limitMails],
        ]}
      />
    </Sheet>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** All of it is saved at once: what is empty is not set. */
function Change({ of }: { of: Settings }) {
  const { t } = useTranslation('customer');
  const { account } = of;
  const [alertAmount1 = '', alertAmount2 = ''] = of.alertAmounts;
  const initial = {
    ...{ alert: of.alert as string, alertAmounts: alertAmount1, alertAmount2, alertMails: of.alertMails },
    ...{ recharge: of.recharge, trigger: of.trigger ?? '', amount: of.amount ?? '', limit: of.limit ?? '' },
    ...{ card: of.card ?? '', limitAlert: of.limitAlert as string, limitMails: of.limitMails },
  };
  return (
    <OwnForm
      initial={initial}
      go={t('prepaidSettings.save')}
      act={({ alertAmounts, alertAmount2: second, ...typed }) => ({
        changes: [prepaidSettingsKey(account), ['balance', account]],
        send: command =>
          send('PUT', ROUTE, {
            path: { account },
            body: {
              ...{ alert: typed.alert as Settings['alert'], alertMails: typed.alertMails },
              alertAmounts: [alertAmounts, second].filter(one => one.trim() !== ''),
              ...{ recharge: typed.recharge, trigger: orNull(typed.trigger), amount: orNull(typed.amount) },
              ...{ limit: orNull(typed.limit), card: orNull(typed.card) },
              ...{ limitAlert: typed.limitAlert as Settings['limitAlert'], limitMails: typed.limitMails },
            },
            command,
          }),
        done: t('prepaidSettings.saved'),
      })}
    >
      <AlertFields />
      <RechargeFields of={of} />
    </OwnForm>
  );
}

function useWishes() {
  const { t } = useTranslation('customer');
  return WISHES.map(one => [one, t(`prepaidSettings.wishes.${one}`)] as const);
}

function AlertFields() {
  const { t } = useTranslation('customer');
  return (
    <Sheet title={t('prepaidSettings.alertTitle')}>
      <div className="stack">
        <RadioField name="alert" label={t('prepaidSettings.alert')} choices={useWishes()} />
        <Field
          name="alertAmounts"
          label={t('prepaidSettings.alertAmount1')}
          hint={t('prepaidSettings.alertAmountHint')}
          inputMode="decimal"
        />
        <Field name="alertAmount2" label={t('prepaidSettings.alertAmount2')} inputMode="decimal" />
        <Field
          name="alertMails"
          label={t('prepaidSettings.alertMails')}
          hint={t('prepaidSettings.mailsHint')}
          inputMode="email"
          maxLength={1000}
        />
      </div>
    </Sheet>
  );
}

function RechargeFields({ of: { cards } }: { of: Settings }) {
  const { t } = useTranslation('customer');
  const cardName = useCardName();
  return (
    <Sheet title={t('prepaidSettings.rechargeTitle')}>
      <div className="stack">
        {cards.length === 0 && (
          <Note>
            <p>{t('prepaidSettings.noCards')}</p>
            <p>
              <AppLink to="/charge">{t('prepaidSettings.toCharge')}</AppLink>
            </p>
          </Note>
        )}
        <CheckField
          name="recharge"
          label={t('prepaidSettings.recharge')}
          hint={t('prepaidSettings.rechargeHint')}
        />
        <Field
          name="trigger"
          label={t('prepaidSettings.trigger')}
          hint={t('prepaidSettings.triggerHint')}
          inputMode="decimal"
        />
        <Field
          name="amount"
          label={t('prepaidSettings.amount')}
          hint={t('prepaidSettings.amountHint')}
          inputMode="decimal"
        />
        <Field
          name="limit"
          label={t('prepaidSettings.limit')}
          hint={t('prepaidSettings.limitHint')}
          inputMode="decimal"
        />
        <SelectField
          name="card"
          label={t('prepaidSettings.card')}
          choices={[
            ['', t('prepaidSettings.noCard')],
            ...cards.map(one => [one.card, cardName(one)] as const),
          ]}
        />
        <RadioField name="limitAlert" label={t('prepaidSettings.limitAlert')} choices={useWishes()} />
        <Field
          name="limitMails"
          label={t('prepaidSettings.limitMails')}
          hint={t('prepaidSettings.mailsHint')}
          inputMode="email"
          maxLength={1000}
        />
      </div>
    </Sheet>
  );
}

/** Registered cards: four digits and two dates (INF-10). */
function Cards({ of, isReadOnly }: { of: Settings; isReadOnly: boolean }) {
  const { t } = useTranslation('customer');
  const cardName = useCardName();
  const columns: Column<Card>[] = [
    { id: 'card', name: t('prepaidSettings.number'), value: cardName, names: true },
    { id: 'kept', name: t('prepaidSettings.keptAt'), kind: 'time', value: row => row.keptAt },
    { id: 'used', name: t('prepaidSettings.lastUsedAt'), kind: 'time', value: row => row.lastUsedAt },
    {
      id: 'use',
      name: t('prepaidSettings.use'),
      value: row => {
        if (row.switchedOff) return t('prepaidSettings.off');
        return of.recharge && of.card === row.card ? t('prepaidSettings.inUse') : null;
      },
    },
    ...(isReadOnly
      ? []
      : [actsColumn<Card>(t('prepaidSettings.forget'), row => <Forget of={of} card={row} />)]),
  ];
  return (
    <Sheet title={t('prepaidSettings.cards')}>
      <DataTable
        name="cards"
        caption={t('prepaidSettings.cards')}
        of={{ rows: of.cards }}
        columns={columns}
        rowKey={row => row.card}
        filter={false}
        empty={t('prepaidSettings.noneKept')}
      />
    </Sheet>
  );
}

function Forget({ of: { account }, card }: { of: Settings; card: Card }) {
  const { t } = useTranslation('customer');
  const name = useCardName()(card);
  return (
    <OwnButton
      label={`${t('prepaidSettings.forget')} ${name}`}
      danger
      ask={{
        title: t('prepaidSettings.forgetTitle'),
        consequence: t('prepaidSettings.forgetConsequence', { card: name }),
        go: t('prepaidSettings.forget'),
        danger: true,
      }}
      changes={[prepaidSettingsKey(account)]}
      send={command =>
        send('DELETE', '/api/v1/accounts/{account}/cards/{card}', {
          path: { account, card: card.card },
          command,
        })
      }
      done={t('prepaidSettings.forgotten')}
    >
      {t('prepaidSettings.forget')}
    </OwnButton>
  );
}
