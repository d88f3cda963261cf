import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { AppLink } from '../app/link.js';
import { useAccount } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { OwnForm } from '../security/own-acts.js';
import { Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { circleDataKey, useOneCircleData } from './circle-data.js';
import { EMPTY_PARTY, PartyFields } from './party-form.js';
import type { PartyData } from './party-questions.js';
import { useCircle } from './questions.js';

/** 利用者・担当者・住所 of a circle: all fields at once (ACC-19). */
export default function CircleDataPage() {
  const { t } = useTranslation('customer');
  const circle = useParam('circle');
  const account = useAccount();
  const of = useCircle(circle);
  const known = useOneCircleData(circle);
  const path = { account, circle };
  return (
    <Page title={t('circle.changeData')} lead={of.data?.name}>
      <Sheet>
        <Answer of={known}>
          {({ data }) => {
            const { kind: _, ...initial } = data ?? { ...EMPTY_PARTY, name: of.data?.name ?? '' };
            return (
              <OwnForm
                initial={initial as Omit<PartyData, 'kind'>}
                go={t('party.save')}
                act={body => ({
                  changes: [circleDataKey(account)],
                  send: command =>
                    send('PUT', '/api/v1/accounts/{account}/circles/{circle}/data', { path, body, command }),
                  done: () => t('party.saved'),
                })}
              >
                <PartyFields part="circle" kind="corporate" />
              </OwnForm>
            );
          }}
        </Answer>
        <p>
          <AppLink to={`/circles/${circle}`}>{t('circle.backTo')}</AppLink>
        </p>
      </Sheet>
    </Page>
  );
}
