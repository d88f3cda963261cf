import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { listOf, useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { partyKey } from '../customer/party-questions.js';
import { Choice } from '../ui/choices.js';
import { ListPage } from '../ui/list-page.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { StaffButton } from './acts.js';

type Listed = Schemas['ListedPaper'];
type Why = NonNullable<Listed['why']>;
const WHYS = namesOf<Why>({
  ...{ unclear: 1, cut_off: 1, back_missing: 1, expired: 1, too_old: 1, other_name: 1 },
  ...{ other_address: 1, wrong_kind: 1, second_paper_missing: 1 },
});

/** 申込審査: identity papers that wait for somebody to look at them, the oldest first. */
export default function PapersPage() {
  const { t } = useTranslation(['staff', 'customer', 'frame']);
  const papers = useAsk(['papers'], '/api/v1/papers', {});
  const columns: readonly Column<Listed>[] = [
    { id: 'uploaded', name: t('customer:party.uploadedAt'), kind: 'time', value: row => row.uploadedAt },
    { id: 'account', name: t('accounts.account'), kind: 'code', value: row => row.account },
    {
      id: 'kind',
      name: t('customer:party.paperKind'),
      value: row => t(`customer:party.kinds.${row.kind}`),
      wrap: true,
    },
    actsColumn(t('acts'), row => <Look of={row} />),
  ];
  return (
    <ListPage
      name="papers"
      title={t('papers.name')}
      lead={t('papers.lead')}
      of={listOf(papers)}
      columns={columns}
      rowKey={row => `${row.account}/${row.paper}`}
      empty={t('papers.none')}
    />
  );
}

/** The picture, shown when it is asked for, and the two decisions. */
function Look({ of: { account, paper } }: { of: Listed }) {
  const { t } = useTranslation(['staff', 'customer']);
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState<Why>('unclear');
  const changes = [['papers'], partyKey(account)];
  const path = { account, paper };
  if (!open)
    return (
      <button type="button" className="button small" onClick={() => setOpen(true)}>
        {t('papers.look')}
      </button>
    );
  return (
    <div className="stack">
      <img
        src={`/api/v1/accounts/${account}/papers/${paper}/picture`}
        alt={t('papers.picture', { account })}
        style={{ maxWidth: '100%' }}
      />
      <AppLink to={`/accounts/${account}`}>{t('papers.compare')}</AppLink>
      <div className="buttons">
        <StaffButton
          ask={{
            title: t('papers.approve'),
            consequence: t('papers.approveConsequence', { account }),
            go: t('papers.approve'),
          }}
          send={command =>
            send('POST', '/api/v1/accounts/{account}/papers/{paper}/approve', { path, command })
          }
          changes={changes}
        >
          {t('papers.approve')}
        </StaffButton>
      </div>
      <Choice
        label={t('papers.why')}
        choices={WHYS.map(one => [one, t(`customer:party.whys.${one}`)])}
        value={why}
        onChoose={setWhy}
      />
      <div className="buttons">
        <StaffButton
          ask={{
            title: t('papers.askAgain'),
            consequence: t('papers.askAgainConsequence', { account }),
            go: t('papers.askAgain'),
          }}
          send={command =>
            send('POST', '/api/v1/accounts/{account}/papers/{paper}/ask-again', {
              path,
              body: { why },
              command,
            })
          }
          changes={changes}
        >
          {t('papers.askAgain')}
        </StaffButton>
      </div>
    </div>
  );
}
