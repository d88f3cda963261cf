import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useToasts } from '../ui/toasts.js';
import { OwnButton } from './own-acts.js';
import { useProof } from './proof.js';
import { type Passkey, SECURITY } from './questions.js';

/** The passkeys of a staff login. */
export function Passkeys({ of }: { of: readonly Passkey[] }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <div className="stack">
      <p className="soft small">{t('passkeys.lead')}</p>
      <DataTable
        name="passkeys"
        caption={t('passkeys.title')}
        of={{ rows: of }}
        columns={useColumns()}
        rowKey={row => row.passkey}
        filter={false}
        empty={t('passkeys.none')}
      />
      {'credentials' in navigator && 'PublicKeyCredential' in window ? (
        <AddPasskey />
      ) : (
        <Note>{t('passkeys.unsupported')}</Note>
      )}
    </div>
  );
}

function useColumns(): readonly Column<Passkey>[] {
  const { t } = useTranslation(['security', 'frame']);
  return useMemo(
    () => [
      { id: 'label', name: t('passkeys.label'), value: row => row.label, wrap: true },
      { id: 'created', name: t('passkeys.created'), kind: 'time', value: row => row.createdAt },
      { id: 'used', name: t('passkeys.used'), kind: 'time', value: row => row.lastUsedAt },
      {
        id: 'act',
        name: t('act'),
        sortable: false,
        value: row => row.passkey,
        cell: row => <Remove of={row} />,
      },
    ],
    [t],
  );
}

function Remove({ of: { passkey, label } }: { of: Passkey }) {
  const { t } = useTranslation(['security', 'frame']);
  const go = t('passkeys.remove');
  return (
    <OwnButton
      label={t('passkeys.removeLabel', { label })}
      ask={{
        title: t('passkeys.removeTitle'),
        consequence: t('passkeys.removeConsequence', { label }),
        go,
        danger: true,
      }}
      send={() => send('DELETE', '/api/v1/security/passkeys/{passkey}', { path: { passkey } })}
      changes={[SECURITY]}
      done={t('passkeys.removed')}
    >
      {go}
    </OwnButton>
  );
}

function AddPasskey() {
  const { t } = useTranslation(['security', 'frame']);
  const client = useQueryClient();
  const prove = useProof();
  const toasts = useToasts();
  const [refused, setRefused] = useState(false);
  const [round, setRound] = useState(0);
  const add = async ({ label }: { label: string }) => {
    setRefused(false);
    const options = await prove(() => send('POST', '/api/v1/security/passkeys/options', {}));
    const { startRegistration } = await import('@simplewebauthn/browser');
    const made = await startRegistration({ optionsJSON: options as never }).catch(() => null);
    if (made === null) return setRefused(true);
    const body = { label: label.trim(), response: { ...made } };
    await prove(() => send('POST', '/api/v1/security/passkeys', { body }));
    await client.invalidateQueries({ queryKey: SECURITY });
    toasts.done(t('passkeys.added'));
    setRound(round + 1);
  };
  return (
    <Form key={round} initial={{ label: '' }} onSend={add} go={t('passkeys.add')} careless>
      <Field
        name="label"
        label={t('passkeys.label')}
        hint={t('passkeys.labelHint')}
        required
        maxLength={100}
        autoComplete="off"
      />
      {refused && (
        <p className="wrong" role="alert">
          {t('passkeys.refused')}
        </p>
      )}
    </Form>
  );
}
