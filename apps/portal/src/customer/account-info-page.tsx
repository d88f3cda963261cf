import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { Field, RadioField } from '../ui/form/field.js';
import { Note, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { PartyForm } from './party-form.js';
import { Papers, PaperUpload } from './party-papers.js';
import { PARTS, type Party, partyKey, usePartyOf } from './party-questions.js';

/** Who the customer is, and how it wants to be told things (INF-02 to INF-31). */
export default function AccountInfoPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const party = usePartyOf(useAccount());
  const isReadOnly = useReadOnly();
  return (
    <Page title={t('party.name')} lead={t('party.lead')}>
      <Answer of={party}>{of => <Views of={of} />}</Answer>
      {!isReadOnly && (
        <p>
          <AppLink to="/account-info/cancel">{t('whole.toAccount')}</AppLink>
        </p>
      )}
    </Page>
  );
}

const locked = (panel: ReactNode) => () => <Locked>{panel}</Locked>;

function Views({ of }: { of: Party }) {
  const { t } = useTranslation('customer');
  if (of.erasedAt !== null) return <Note kind="warn">{t('party.erased')}</Note>;
  const parts = PARTS.map(part => ({
    id: part,
    name: t(`party.${part}`),
    panel: () => (
      <Locked>
        <Sheet title={t(`party.${part}`)}>
          <PartyForm key={part} of={of} part={part} />
        </Sheet>
      </Locked>
    ),
  }));
  return (
    <div className="stack">
      {of.closedAt !== null && <Note kind="warn">{t('party.closed')}</Note>}
      {of.paperDue && <Note kind="warn">{t('party.paperDue')}</Note>}
      <Tabs
        name="view"
        label={t('party.views')}
        tabs={[
          ...parts,
          { id: 'mails', name: t('party.mails'), panel: locked(<Mails of={of} />) },
          { id: 'papers', name: t('party.papers'), panel: locked(<PaperSheet of={of} />) },
          { id: 'settings', name: t('party.settings'), panel: locked(<Settings of={of} />) },
        ]}
      />
    </div>
  );
}

/** Nothing in it can be changed where the pages may only be read: after the end of the account, too. */
function Locked({ children }: { children: ReactNode }) {
  return useReadOnly() ? (
    <fieldset className="locked" disabled>
      {children}
    </fieldset>
  ) : (
    children
  );
}

const PaperSheet = ({ of }: { of: Party }) => {
  const { t } = useTranslation('customer');
  return (
    <Sheet title={t('party.papers')}>
      <div className="stack">
        <PaperUpload account={of.account} />
        <Papers of={of.papers} />
      </div>
    </Sheet>
  );
};

type Twice = Record<(typeof PARTS)[number] | `${(typeof PARTS)[number]}Again`, string>;

/** Each address twice, so that a slip of the hand is seen (INF-13). */
function Mails({ of: { account, mails } }: { of: Party }) {
  const { t } = useTranslation('customer');
  const { contract, billing, shipping } = mails;
  const again = { contractAgain: contract, billingAgain: billing, shippingAgain: shipping };
  return (
    <Sheet title={t('party.mails')}>
      <OwnForm
        initial={{ ...mails, ...again } as Twice}
        go={t('party.save')}
        act={(values: Twice) => ({
          changes: [partyKey(account)],
          send: command => {
            const body = { contract: values.contract, billing: values.billing, shipping: values.shipping };
            return send('PUT', '/api/v1/accounts/{account}/mails', { path: { account }, body, command });
          },
          done: () => t('party.saved'),
        })}
      >
        <p className="hint">{t('party.mailsNote')}</p>
        {PARTS.flatMap(part => [
          <Field key={part} name={part} label={t(`party.${part}`)} maxLength={1000} />,
          <Field
            key={`${part}Again`}
            name={`${part}Again`}
            label={t('party.again', { name: t(`party.${part}`) })}
            rules={{
              validate: (text: string, values) =>
                text.trim() === String(values[part]).trim() || t('party.notSame'),
            }}
          />,
        ])}
      </OwnForm>
    </Sheet>
  );
}

function Settings({ of: { account, promotionMails, circleStatement } }: { of: Party }) {
  const { t } = useTranslation('customer');
  return (
    <Sheet title={t('party.settings')}>
      <div className="stack">
        <OwnForm
          initial={{ wanted: promotionMails ? 'yes' : 'no' }}
          go={t('party.save')}
          act={({ wanted }: { wanted: string }) => ({
            changes: [partyKey(account)],
            send: command => {
              const body = { wanted: wanted === 'yes' };
              const route = '/api/v1/accounts/{account}/promotion-mails';
              return send('PUT', route, { path: { account }, body, command });
            },
            done: () => t('party.saved'),
          })}
        >
          <RadioField
            name="wanted"
            label={t('party.promotion')}
            hint={t('party.promotionHint')}
            choices={[
              ['yes', t('party.wanted')],
              ['no', t('party.notWanted')],
            ]}
          />
        </OwnForm>
        <OwnForm
          initial={{ shown: circleStatement ? 'yes' : 'no' }}
          go={t('party.save')}
          act={({ shown }: { shown: string }) => ({
            changes: [partyKey(account)],
            send: command => {
              const body = { shown: shown === 'yes' };
              const route = '/api/v1/accounts/{account}/circle-statement';
              return send('PUT', route, { path: { account }, body, command });
            },
            done: () => t('party.saved'),
          })}
        >
          <RadioField
            name="shown"
            label={t('party.statement')}
            choices={[
              ['yes', t('party.shown')],
              ['no', t('party.notShown')],
            ]}
          />
        </OwnForm>
      </div>
    </Sheet>
  );
}
