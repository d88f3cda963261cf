import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useMay } from '../app/may.js';
import { PartyFields, partyValues } from '../customer/party-form.js';
import { PARTS, type Part, type Party, type PartyData, partyKey } from '../customer/party-questions.js';
import { Field } from '../ui/form/field.js';
import { StaffForm } from './acts.js';

/** A form behind a button: most who come here only read. */
function Opened({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return children(() => setOpen(false));
  return (
    <div className="buttons">
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {label}
      </button>
    </div>
  );
}

/** Contract, billing or shipping data, changed for the customer with a reason. */
export function PartyEdit({ of, part }: { of: Party; part: Part }) {
  const { t } = useTranslation(['staff', 'customer']);
  const may = useMay();
  const route = '/api/v1/accounts/{account}/party/{part}';
  if (of.closedAt !== null || !may(`PUT ${route}`)) return null;
  const { account } = of;
  const what = t(`customer:party.${part}`);
  const title = t('partyOf.title', { what });
  return (
    <Opened label={title}>
      {close => (
        <StaffForm
          initial={partyValues(of, part)}
          go={t('partyOf.save')}
          act={(body: PartyData) => ({
            ask: {
              title,
              consequence: t('partyOf.consequence', { account, what }),
              go: t('partyOf.save'),
            },
            changes: [partyKey(account)],
            send: command => send('PUT', route, { path: { account, part }, body, command }),
            done: t('customer:party.saved'),
            after: close,
          })}
        >
          {form => <PartyFields part={part} kind={form.watch('kind')} />}
        </StaffForm>
      )}
    </Opened>
  );
}

/** The mail addresses, changed for the customer with a reason. */
export function MailsEdit({ of }: { of: Party }) {
  const { t } = useTranslation(['staff', 'customer']);
  const may = useMay();
  const route = '/api/v1/accounts/{account}/mails';
  if (of.closedAt !== null || !may(`PUT ${route}`)) return null;
  const { account } = of;
  const what = t('customer:party.mails');
  const title = t('partyOf.title', { what });
  return (
    <Opened label={title}>
      {close => (
        <StaffForm
          initial={of.mails}
          go={t('partyOf.save')}
          act={(body: Party['mails']) => ({
            ask: { title, consequence: t('partyOf.consequence', { account, what }), go: t('partyOf.save') },
            changes: [partyKey(account)],
            send: command => send('PUT', route, { path: { account }, body, command }),
            done: t('customer:party.saved'),
            after: close,
          })}
        >
          <p className="hint">{t('customer:party.mailsNote')}</p>
          {PARTS.map(part => (
            <Field key={part} name={part} label={t(`customer:party.${part}`)} maxLength={1000} />
          ))}
        </StaffForm>
      )}
    </Opened>
  );
}
