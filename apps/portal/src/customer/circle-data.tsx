import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { Facts, Note, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { Time } from '../ui/time.js';

type Known = Schemas['CircleData'];
export const circleDataKey = (account: string) => ['circle-data', account] as const;

/** Who uses the circles of the account, by circle. */
export function useCircleData(): ReadonlyMap<string, NonNullable<Known['data']>> {
  const account = useAccount();
  const { data } = useAsk(circleDataKey(account), '/api/v1/accounts/{account}/circle-data', {
    path: { account },
  });
  return new Map((data?.rows ?? []).flatMap(one => (one.data ? [[one.circle, one.data]] : [])));
}

export function useOneCircleData(circle: string) {
  const account = useAccount();
  return useAsk([...circleDataKey(account), circle], '/api/v1/accounts/{account}/circles/{circle}/data', {
    path: { account, circle },
  });
}

/** What is known of a circle, and the way to change it (ACC-22). */
export function CircleDataSheet({ circle }: { circle: string }) {
  const { t } = useTranslation('customer');
  const isReadOnly = useReadOnly();
  const known = useOneCircleData(circle);
  const change = !isReadOnly && (
    <AppLink to={`/circles/${circle}/data`} className="button small">
      {t('circle.changeData')}
    </AppLink>
  );
  return (
    <Sheet title={t('circle.data')} aside={change}>
      <Answer of={known}>
        {({ data, changedAt }) =>
          data ? (
            <Facts
              of={[
                [t('circles.user'), `${data.name}（${data.nameKana}）`],
                [t('party.department'), data.department || '-'],
                [t('party.person'), `${data.person}（${data.personKana}）`],
                [t('circle.address'), `〒${data.postalCode} ${data.prefecture}${data.city}${data.street}`],
                [t('party.phone'), data.phone],
                [t('party.fax'), data.fax || '-'],
                [t('circle.changedAt'), changedAt && <Time key="at" at={changedAt} />],
              ]}
            />
          ) : (
            <Note kind="warn">{t('circle.noData')}</Note>
          )
        }
      </Answer>
    </Sheet>
  );
}
