import { useTranslation } from 'react-i18next';
import { Papers } from '../customer/party-papers.js';
import { PARTS, type Party, usePartyOf } from '../customer/party-questions.js';
import { code, Facts, Note, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { MailsEdit, PartyEdit } from './party-edit.js';

/** Who the customer is, as staff see it; who may, changes it. */
export function AccountParty({ account }: { account: string }) {
  const { t } = useTranslation('customer');
  const party = usePartyOf(account);
  return (
    <Sheet title={t('party.name')}>
      <Answer of={party}>{of => <Views of={of} />}</Answer>
    </Sheet>
  );
}

function Views({ of }: { of: Party }) {
  const { t } = useTranslation('customer');
  if (of.erasedAt !== null) return <Note kind="warn">{t('party.erased')}</Note>;
  const { mails } = of;
  return (
    <div className="stack">
      {of.closedAt !== null && <Note kind="warn">{t('party.closed')}</Note>}
      <Tabs
        name="party"
        label={t('party.views')}
        tabs={[
          ...PARTS.map(part => ({
            id: part,
            name: t(`party.${part}`),
            panel: () => (
              <div className="stack" key={part}>
                <Data of={of[part]} />
                <PartyEdit of={of} part={part} />
              </div>
            ),
          })),
          {
            id: 'mails',
            name: t('party.mails'),
            panel: () => (
              <div className="stack">
                <Facts of={PARTS.map(part => [t(`party.${part}`), mails[part] || '-'] as const)} />
                <MailsEdit of={of} />
              </div>
            ),
          },
          { id: 'papers', name: t('party.papers'), panel: () => <Papers of={of.papers} /> },
        ]}
      />
    </div>
  );
}

function Data({ of }: { of: Party['contract'] }) {
  const { t } = useTranslation('customer');
  if (of === null) return <p className="soft">-</p>;
  const facts = [
    [t('party.kind'), t(of.kind === 'corporate' ? 'party.corporate' : 'party.individual')],
    [t('party.partyName'), of.name],
    [t('party.nameKana'), of.nameKana],
    [t('party.department'), of.department],
    [t('party.person'), of.person],
    [t('party.postalCode'), of.postalCode],
    [t('party.prefecture'), of.prefecture],
    [t('party.city'), of.city],
    [t('party.street'), of.street],
    [t('party.phone'), of.phone],
    [t('party.fax'), of.fax],
    [t('party.remarks'), of.remarks],
  ] as const;
  return <Facts of={facts.filter(([, value]) => value !== '').map(([name, value]) => [name, code(value)])} />;
}
