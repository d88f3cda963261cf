import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BodyOf, type Schemas, send } from '../api/client.js';
import { namesOf } from '../api/names.js';
import { useMay } from '../app/may.js';
import { partyKey } from '../customer/party-questions.js';
import { SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Sheet } from '../ui/page.js';
import { Tabs } from '../ui/tabs.js';
import { StaffForm } from './acts.js';
import { Approved } from './approval-form.js';
import { ApprovalField } from './approver-field.js';

interface Props {
  readonly account: string;
}
type ClosedWhy = BodyOf<'POST', '/api/v1/accounts/{account}/close'>['why'];
type ErasedWhy = BodyOf<'POST', '/api/v1/accounts/{account}/erase'>['why'];
const CLOSED = namesOf<ClosedWhy>({ at_request: 1, terms_broken: 1, never_used: 1, other: 1 });
const ERASED = namesOf<ErasedWhy>({ person_asked: 1, retention_over: 1, opened_by_mistake: 1, other: 1 });

/** Each form with the route that it sends to. */
const FORMS = [
  ['close', 'POST /api/v1/accounts/{account}/close', CloseForm],
  ['erase', 'POST /api/v1/accounts/{account}/erase', EraseForm],
  ['approve', 'POST /api/v1/approvals/erasure', ApproveErasureForm],
] as const;

/** What cannot be undone: an account is closed, a person is erased. */
export function AccountEnding({ account }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  const tabs = FORMS.filter(([, route]) => may(route)).map(([id, , Panel]) => ({
    id,
    name: t(`ending.${id}.name`),
    panel: () => <Panel account={account} />,
  }));
  if (tabs.length === 0) return null;
  return (
    <Sheet title={t('ending.name')}>
      <Tabs name="ending" label={t('ending.name')} tabs={tabs} />
    </Sheet>
  );
}

function CloseForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const go = t('ending.close.go');
  const route = '/api/v1/accounts/{account}/close';
  return (
    <StaffForm
      initial={{ why: 'at_request' }}
      go={go}
      danger
      act={({ why }: { why: ClosedWhy }) => ({
        ask: {
          title: t('ending.close.name'),
          consequence: t('ending.close.consequence', { account }),
          go,
          danger: true,
        },
        changes: [partyKey(account), ['timeline', account]],
        send: command => send('POST', route, { path: { account }, body: { why }, command }),
      })}
    >
      <p>{t('ending.close.lead')}</p>
      <SelectField
        name="why"
        label={t('ending.why')}
        choices={CLOSED.map(one => [one, t(`ending.closedWhys.${one}`)])}
        required
      />
    </StaffForm>
  );
}

/** Asks for the approval of a second person, always. */
function EraseForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const go = t('ending.erase.go');
  const route = '/api/v1/accounts/{account}/erase';
  return (
    <StaffForm
      initial={{ why: 'person_asked', approver: '' }}
      go={go}
      danger
      act={({ why, approver }: { why: ErasedWhy; approver: string }) => ({
        ask: {
          title: t('ending.erase.name'),
          consequence: t('ending.erase.consequence', { account }),
          go,
          danger: true,
        },
        changes: [partyKey(account), ['timeline', account]],
        send: command =>
          send('POST', route, { path: { account }, body: { why }, command: { ...command, approver } }),
        done: t('ending.erase.done'),
      })}
    >
      <p>{t('ending.erase.lead')}</p>
      <SelectField
        name="why"
        label={t('ending.why')}
        choices={ERASED.map(one => [one, t(`ending.erasedWhys.${one}`)])}
        required
      />
      <ApprovalField hint={t('ending.erase.approverHint')} required />
    </StaffForm>
  );
}

/** The second person: agrees that just this account is erased, and hands the approval over. */
function ApproveErasureForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const [given, setGiven] = useState<Schemas['Approval'] | null>(null);
  return (
    <div className="stack">
      <p>{t('ending.approve.lead')}</p>
      <Form
        initial={{}}
        onSend={async () => setGiven(await send('POST', '/api/v1/approvals/erasure', { body: { account } }))}
        go={t('ending.approve.go')}
        careless
      >
        {null}
      </Form>
      {given && <Approved of={given}>{t('ending.approve.given', { account })}</Approved>}
    </div>
  );
}
