import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { answered, api, call } from '../api/client.js';
import { usePages } from '../api/pages.js';
import { Badge, Sheet } from '../ui/page.js';
import { Sealed } from '../ui/sealed.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { timeText } from '../ui/time-text.js';
import { useAct, useMay } from './acts.js';
import { NewAccountLogin } from './new-account-login.js';
import { PAGE } from './questions.js';

type Login = components['schemas']['AccountLogin'];
type Contact = Login['contacts'][number];

interface Props {
  readonly account: string;
}

/** Who of a customer signs in, and what helps when somebody cannot; for those whom the server lets help. */
export function AccountLogins({ account }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  if (!may('logins')) return null;
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
  const list = usePages<Login>(['logins', account], (cursor, signal) =>
    answered(
      api.GET('/api/v1/accounts/{account}/logins', {
        params: {
          path: { account },
          query: { limit: PAGE, ...(cursor !== undefined && { cursor }) },
        },
        signal,
      }),
    ),
  );
  return (
    <DataTable
      name="logins"
      caption={t('logins.name')}
      hideCaption
      columns={useColumns(account)}
      rows={list.rows}
      rowKey={row => row.login}
      more={list.more}
      error={list.error}
      retry={list.retry}
      empty={t('logins.none')}
      density="comfortable"
    />
  );
}

function useColumns(account: string): readonly Column<Login>[] {
  const { t } = useTranslation('staff');
  return useMemo(
    () => [
      {
        id: 'level',
        name: t('logins.level'),
        value: row => [t(`logins.levels.${row.level as Level}`), row.unique ?? row.circle ?? ''].join(' '),
        cell: row => (
          <>
            {t(`logins.levels.${row.level as Level}`)}{' '}
            <span className="code small soft">{row.unique ?? row.circle}</span>
          </>
        ),
      },
      { id: 'name', name: t('logins.person'), value: row => row.name, wrap: true },
      { id: 'loginId', name: t('logins.loginId'), kind: 'code', value: row => row.loginId },
      { id: 'state', name: t('logins.state'), value: stateOf, cell: row => <State of={row} /> },
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
      {
        id: 'acts',
        name: t('acts'),
        value: () => null,
        sortable: false,
        cell: row => row.lockedUntil !== null && !row.disabled && <Unlock of={row} account={account} />,
      },
    ],
    [t, account],
  );
}

type Level = 'account' | 'circle' | 'unique';

/** For sorting: what needs help comes together. */
const stateOf = ({ disabled, lockedUntil }: Login): string =>
  disabled ? 'disabled' : lockedUntil === null ? 'enabled' : 'locked';

function State({ of: { disabled, lockedUntil } }: { of: Login }) {
  const { t } = useTranslation('staff');
  if (disabled) return <Badge kind="bad">{t('staffLogins.disabled')}</Badge>;
  if (lockedUntil === null) return <Badge kind="good">{t('staffLogins.enabled')}</Badge>;
  return <Badge kind="warn">{t('logins.locked', { time: timeText(lockedUntil) })}</Badge>;
}

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

const pathOf = ({ login }: Login, rest: string): string => `/logins/${encodeURIComponent(login)}${rest}`;

/** E.g. of a lost telephone: who holds it must neither get codes nor stay signed in. */
function RemoveContact({ of, contact: { contact, masked }, account }: LoginProps & { contact: Contact }) {
  const { t } = useTranslation('staff');
  const act = useAct();
  const isLast = of.contacts.length === 1;
  const remove = () =>
    act(
      {
        title: t('logins.removeTitle'),
        consequence: t(isLast ? 'logins.removeLast' : 'logins.removeConsequence', { name: of.name, masked }),
        go: t('logins.remove'),
        danger: true,
      },
      { changes: [['logins', account]], done: t('logins.removed', { masked }) },
      headers => call('POST', pathOf(of, `/contacts/${encodeURIComponent(contact)}/remove`), { headers }),
    );
  return (
    <button
      type="button"
      className="button small"
      aria-label={t('logins.removeLabel', { name: of.name, masked })}
      onClick={() => void remove()}
    >
      {t('logins.remove')}
    </button>
  );
}

function Unlock({ of, account }: LoginProps) {
  const { t } = useTranslation('staff');
  const act = useAct();
  const go = t('staffLogins.unlock');
  const unlock = () =>
    act(
      { title: go, consequence: t('staffLogins.unlockConsequence', { name: of.name }), go },
      { changes: [['logins', account]], done: t('logins.unlocked', { name: of.name }) },
      headers => call('POST', pathOf(of, '/unlock'), { headers }),
    );
  return (
    <button
      type="button"
      className="button small"
      aria-label={`${go} ${of.name}`}
      onClick={() => void unlock()}
    >
      {go}
    </button>
  );
}
