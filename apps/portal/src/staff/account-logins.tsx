import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { usePages } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { Sheet } from '../ui/page.js';
import { Sealed } from '../ui/sealed.js';
import { actsColumn, type Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { timeText } from '../ui/time-text.js';
import { StaffButton } from './acts.js';
import { NewAccountLogin } from './new-account-login.js';
import { PAGE } from './questions.js';

type Login = Schemas['AccountLogin'];
type Contact = Login['contacts'][number];

interface Props {
  readonly account: string;
}

/** Who of a customer signs in, and what helps when somebody cannot; for those whom the server lets help. */
export function AccountLogins({ account }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  if (!may('POST /api/v1/accounts/{account}/logins')) return null;
  return (
    <Sheet title={t('logins.name')}>
      <p className="soft small">{t('logins.lead')}</p>
      <Table account={account} />
      <NewAccountLogin account={account} />
    </Sheet>
  );
}

function Table({ account }: Props) {
  const { t } = useTranslation('staff');
  const list = usePages(['logins', account], '/api/v1/accounts/{account}/logins', {
    path: { account },
    query: { limit: PAGE },
  });
  return (
    <DataTable
      name="logins"
      caption={t('logins.name')}
      of={list}
      columns={useColumns(account)}
      rowKey={row => row.login}
      empty={t('logins.none')}
      density="comfortable"
    />
  );
}

function useColumns(account: string): readonly Column<Login>[] {
  const { t } = useTranslation(['staff', 'frame']);
  return useMemo(
    () => [
      {
        id: 'level',
        name: t('logins.level'),
        value: row => [t(`frame:face.${row.level}`), row.unique ?? row.circle ?? ''].join(' '),
        cell: row => (
          <>
            {t(`frame:face.${row.level}`)} <span className="code small soft">{row.unique ?? row.circle}</span>
          </>
        ),
      },
      { id: 'name', name: t('logins.person'), value: row => row.name, wrap: true },
      { id: 'loginId', name: t('frame:login.id'), kind: 'code', value: row => row.loginId },
      { id: 'state', name: t('logins.state'), value: stateOf, badge: kindOf, cell: row => stateText(t, row) },
      {
        id: 'contacts',
        name: t('logins.contacts'),
        value: row => row.contacts.map(one => one.masked).join(' '),
        sortable: false,
        cell: row => <Contacts of={row} account={account} />,
      },
      { id: 'last', name: t('logins.lastSignIn'), kind: 'time', value: row => row.lastSignInAt },
      {
        id: 'password',
        name: t('logins.passwordChanged'),
        kind: 'time',
        value: row => row.passwordChangedAt,
        hidden: true,
      },
      actsColumn(
        t('acts'),
        row => row.lockedUntil !== null && !row.disabled && <Unlock of={row} account={account} />,
      ),
    ],
    [t, account],
  );
}

/** For sorting: what needs help comes together. */
const stateOf = ({ disabled, lockedUntil }: Login) =>
  disabled ? 'disabled' : lockedUntil === null ? 'enabled' : 'locked';

const KINDS = { disabled: 'bad', enabled: 'good', locked: 'warn' } as const;
const kindOf = (login: Login) => KINDS[stateOf(login)];

const stateText = (t: TFunction<'staff'>, login: Login): string =>
  stateOf(login) === 'locked'
    ? t('logins.locked', { time: timeText(login.lockedUntil ?? '') })
    : t(login.disabled ? 'staffLogins.disabled' : 'staffLogins.enabled');

interface LoginProps extends Props {
  readonly of: Login;
}

function Contacts({ of, account }: LoginProps) {
  const { t } = useTranslation('staff');
  if (of.contacts.length === 0) return <span className="soft">{t('logins.noContacts')}</span>;
  return (
    <ul className="plain-list">
      {of.contacts.map(contact => (
        <li key={contact.contact}>
          <span className="code">
            <Sealed text={contact.masked} />
          </span>{' '}
          {!of.disabled && <RemoveContact of={of} contact={contact} account={account} />}
        </li>
      ))}
    </ul>
  );
}

/** E.g. of a lost telephone: who holds it must neither get codes nor stay signed in. */
function RemoveContact({ of, contact: { contact, masked }, account }: LoginProps & { contact: Contact }) {
  const { t } = useTranslation('staff');
  const { login, name, contacts } = of;
  const consequence = contacts.length === 1 ? 'logins.removeLast' : 'logins.removeConsequence';
  return (
    <StaffButton
      label={t('logins.removeLabel', { name, masked })}
      ask={{
        title: t('logins.removeTitle'),
        consequence: t(consequence, { name, masked }),
        go: t('logins.remove'),
        danger: true,
      }}
      send={command =>
        send('POST', '/api/v1/logins/{login}/contacts/{contact}/remove', {
          path: { login, contact },
          command,
        })
      }
      changes={[['logins', account]]}
      done={t('logins.removed', { masked })}
    >
      {t('logins.remove')}
    </StaffButton>
  );
}

function Unlock({ of: { login, name }, account }: LoginProps) {
  const { t } = useTranslation('staff');
  const go = t('staffLogins.unlock');
  return (
    <StaffButton
      label={`${go} ${name}`}
      ask={{ title: go, consequence: t('staffLogins.unlockConsequence', { name }), go }}
      send={command => send('POST', '/api/v1/logins/{login}/unlock', { path: { login }, command })}
      changes={[['logins', account]]}
      done={t('logins.unlocked', { name })}
    >
      {go}
    </StaffButton>
  );
}
