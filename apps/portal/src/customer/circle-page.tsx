import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { OwnForm } from '../security/own-acts.js';
import { RadioField } from '../ui/form/field.js';
import { Badge, code, Facts, Page, Sheet } from '../ui/page.js';
import { Sealed } from '../ui/sealed.js';
import { Answer } from '../ui/states.js';
import { Day, Time } from '../ui/time.js';
import { today } from '../ui/time-text.js';
import { CircleDataSheet } from './circle-data.js';
import { stateOf } from './circle-state.js';
import { CircleBadge, Forcing } from './circles-page.js';
import { useEndings } from './contracts-questions.js';
import { type Circle, circlesKey, type ForcedChange, useCircle } from './questions.js';
import { UniquesTable } from './uniques-table.js';
import { useEnter } from './use-enter.js';

/** One circle: what it is, its uniques, and whether its passwords have to change (ACC-18, ACC-22). */
export default function CirclePage() {
  const { t } = useTranslation(['customer', 'frame']);
  const id = useParam('circle');
  const circle = useCircle(id);
  const isReadOnly = useReadOnly();
  const enter = useEnter();
  return (
    <Page
      title={circle.data?.name ?? t('circle.name')}
      lead={code(id)}
      acts={
        circle.data && (
          <button
            type="button"
            className="button primary"
            onClick={() => enter({ circle: id, name: circle.data.name })}
          >
            {t('circles.enter')}
          </button>
        )
      }
    >
      <Answer of={circle}>
        {of => (
          <>
            <Sheet title={t('circle.facts')} aside={!isReadOnly && <FactActs circle={id} />}>
              <CircleFacts of={of} />
            </Sheet>
            <CircleDataSheet circle={id} />
            <Sheet
              title={t('circle.uniques')}
              aside={
                <span className="buttons">
                  <AppLink to={`/circles/${id}/allotments`} className="button small">
                    {t('allotments.name')}
                  </AppLink>
                  {!isReadOnly && (
                    <AppLink to={`/circles/${id}/add-unique`} className="button small">
                      {t('circle.addUnique')}
                    </AppLink>
                  )}
                </span>
              }
            >
              <UniquesTable circle={id} />
            </Sheet>
            {!isReadOnly && (
              <Sheet title={t('circle.force')}>
                <ForceForm key={of.forcedChange} circle={of} />
              </Sheet>
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function FactActs({ circle }: { circle: string }) {
  const { t } = useTranslation('customer');
  return (
    <span className="buttons">
      <AppLink to={`/circles/${circle}/password`} className="button small">
        {t('lowerPassword.name')}
      </AppLink>
      <AppLink to={`/circles/${circle}/cancel`} className="button small">
        {t('whole.cancelCircle')}
      </AppLink>
    </span>
  );
}

function CircleFacts({ of }: { of: Circle }) {
  const { t } = useTranslation(['customer', 'frame']);
  const { status, endsOn } = stateOf(of.circle, useEndings().data, today());
  return (
    <Facts
      of={[
        [
          t('circles.circle'),
          <span key="id">
            <span className="code">{of.circle}</span>{' '}
            {of.representative && <Badge>{t('circles.representative')}</Badge>}
          </span>,
        ],
        [
          t('whole.status'),
          <span key="status">
            <CircleBadge status={status} /> {endsOn !== null && <Day of={endsOn} />}
          </span>,
        ],
        [t('circles.user'), of.name],
        [t('frame:login.id'), code(<Sealed text={of.loginId} />)],
        [t('circles.created'), <Time key="created" at={of.createdAt} />],
        [t('circles.forced'), <Forcing key="forced" value={of.forcedChange} />],
      ]}
    />
  );
}

function ForceForm({ circle: { circle, forcedChange } }: { circle: Circle }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const question = {
    title: t('circle.forceTitle'),
    consequence: t('circle.forceConsequence', { id: circle }),
    go: t('circle.forceGo'),
    danger: true,
  };
  return (
    <OwnForm
      initial={{ value: forcedChange }}
      go={t('frame:form.save')}
      careless
      act={({ value }: { value: ForcedChange }) => ({
        ...(value === 'force' && { ask: question }),
        changes: [circlesKey(account)],
        send: () =>
          send('PUT', '/api/v1/accounts/{account}/circles/{circle}/forced-change', {
            path: { account, circle },
            body: { value },
          }),
        done: t('circle.forceSaved'),
      })}
    >
      <RadioField
        name="value"
        label={t('circle.forceHint')}
        required
        choices={[
          ['none', t('circle.none')],
          ['warn', t('circle.warn')],
          ['force', t('circle.forced')],
        ]}
      />
    </OwnForm>
  );
}
