import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useConfirm } from '../ui/confirm.js';
import { Field } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note } from '../ui/page.js';
import type { Column } from '../ui/table/columns.js';
import { DataTable } from '../ui/table/data-table.js';
import { useToasts } from '../ui/toasts.js';
import { placeLoginProblem, useLoginProblems } from './login-problems.js';
import { useProof } from './proof.js';
import { type Passkey, SECURITY } from './security.types.js';

/** The passkeys of a staff login. */
export function Passkeys({ of }: { of: readonly Passkey[] }) {
  const { t } = useTranslation(['security', 'frame']);
  return (
    <div className="stack">
      <p className="soft small">{t('passkeys.lead')}</p>
      <DataTable
        name="passkeys"
        caption={t('passkeys.title')}
        hideCaption
        columns={useColumns()}
        rows={of}
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
  const confirm = useConfirm();
  const toasts = useToasts();
  const client = useQueryClient();
  const prove = useProof();
  return useMemo(() => {
    const remove = async ({ passkey, label }: Passkey) => {
      const yes = await confirm({
        title: t('passkeys.removeTitle'),
        consequence: t('passkeys.removeConsequence', { label }),
        go: t('passkeys.remove'),
        danger: true,
      });
      if (!yes) return;
      await prove(() => call('DELETE', `/security/passkeys/${encodeURIComponent(passkey)}`));
      await client.invalidateQueries({ queryKey: SECURITY });
      toasts.done(t('passkeys.removed'));
    };
    return [
      { id: 'label', name: t('passkeys.label'), value: row => row.label, wrap: true },
      { id: 'created', name: t('passkeys.created'), kind: 'time', value: row => row.createdAt },
      {
        id: 'used',
        name: t('passkeys.used'),
        kind: 'time',
        value: row => row.lastUsedAt,
      },
      {
        id: 'act',
        name: t('act'),
        sortable: false,
        value: row => row.passkey,
        cell: row => (
          <button
            type="button"
            className="button small"
            aria-label={t('passkeys.removeLabel', { label: row.label })}
            onClick={() => void remove(row).catch(toasts.failed)}
          >
            {t('passkeys.remove')}
          </button>
        ),
      },
    ];
  }, [t, confirm, client, toasts, prove]);
}

function AddPasskey() {
  const { t } = useTranslation(['security', 'frame']);
  const client = useQueryClient();
  const prove = useProof();
  const toasts = useToasts();
  const problems = useLoginProblems();
  const [refused, setRefused] = useState(false);
  const [round, setRound] = useState(0);
  const add = async ({ label }: { label: string }) => {
    setRefused(false);
    const ask = () => call<Record<string, never>>('POST', '/security/passkeys/options', { body: {} });
    const options = await placeLoginProblem(problems, () => prove(ask));
    const { startRegistration } = await import('@simplewebauthn/browser');
    const response = await startRegistration({ optionsJSON: options as never }).catch(() => null);
    if (response === null) {
      setRefused(true);
      return;
    }
    const body = { label: label.trim(), response };
    await placeLoginProblem(problems, () => prove(() => call('POST', '/security/passkeys', { body })));
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
