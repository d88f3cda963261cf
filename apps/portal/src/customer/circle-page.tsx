import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { useConfirm } from '../ui/confirm.js';
import { RadioField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Badge, Facts, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';
import { useToasts } from '../ui/toasts.js';
import { Forcing } from './circles-page.js';
import { type Circle, circlesKey, type ForcedChange, ofAccount, useCircle } from './questions.js';
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
      lead={<span className="code">{id}</span>}
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
            <Sheet
              title={t('circle.facts')}
              aside={
                !isReadOnly && (
                  <AppLink to={`/circles/${id}/password`} className="button small">
                    {t('lowerPassword.name')}
                  </AppLink>
                )
              }
            >
              <CircleFacts of={of} />
            </Sheet>
            <Sheet
              title={t('circle.uniques')}
              aside={
                !isReadOnly && (
                  <AppLink to={`/circles/${id}/add-unique`} className="button small">
                    {t('circle.addUnique')}
                  </AppLink>
                )
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

function CircleFacts({ of }: { of: Circle }) {
  const { t } = useTranslation(['customer', 'frame']);
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
        [t('circles.user'), of.name],
        [
          t('circles.loginId'),
          <span key="login" className="code">
            {of.loginId}
          </span>,
        ],
        [t('circles.created'), <Time key="created" at={of.createdAt} />],
        [t('circles.forced'), <Forcing key="forced" value={of.forcedChange} />],
      ]}
    />
  );
}

function ForceForm({ circle }: { circle: Circle }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const confirm = useConfirm();
  const client = useQueryClient();
  const toasts = useToasts();
  const save = async ({ value }: { value: ForcedChange }) => {
    if (value === 'force') {
      const yes = await confirm({
        title: t('circle.forceTitle'),
        consequence: t('circle.forceConsequence', { id: circle.circle }),
        go: t('circle.forceGo'),
        danger: true,
      });
      if (!yes) return;
    }
    const path = ofAccount(account, `/circles/${encodeURIComponent(circle.circle)}/forced-change`);
    await call('PUT', path, { body: { value } });
    await client.invalidateQueries({ queryKey: circlesKey(account) });
    toasts.done(t('circle.forceSaved'));
  };
  return (
    <Form initial={{ value: circle.forcedChange }} onSend={save} go={t('frame:form.save')} careless>
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
    </Form>
  );
}
