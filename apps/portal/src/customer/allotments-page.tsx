import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useAccount, useReadOnly } from '../app/session.js';
import { OwnForm } from '../security/own-acts.js';
import { CheckField, Field } from '../ui/form/field.js';
import { Facts, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { Day } from '../ui/time.js';
import { language } from '../words/index.js';
import { useOwnCircle } from './own-circle.js';

type Allotment = Schemas['Allotment'];
type Values = Readonly<Record<string, string | boolean>>;

const nameOf = ({ nameJa, nameEn }: Allotment): string => (language() === 'ja' ? nameJa : nameEn);
/** A field may not begin with a digit: react-hook-form would take the names for places of a list. */
const fieldOf = (unique: string): string => `u${unique}`;

/** What each terminal of a circle has of its calls, FAX channels and options (TRK-03, TRK-04, OPT-07). */
export default function AllotmentsPage() {
  const { t } = useTranslation('customer');
  const [account, circle] = [useAccount(), useOwnCircle()];
  const key = ['allotments', account, circle] as const;
  const pools = useAsk(key, '/api/v1/accounts/{account}/circles/{circle}/allotments', {
    path: { account, circle },
  });
  return (
    <Page title={t('allotments.name')} lead={t('allotments.lead')}>
      <Answer of={pools}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty>
              <p>{t('allotments.none')}</p>
              <AppLink to="/shop" className="button">
                {t('cart.shop')}
              </AppLink>
            </Empty>
          ) : (
            rows.map(of => <Pool key={of.pool} of={of} changes={[key]} />)
          )
        }
      </Answer>
    </Page>
  );
}

interface PoolProps {
  readonly of: Allotment;
  readonly changes: readonly (readonly string[])[];
}

function Pool({ of, changes }: PoolProps) {
  const { t } = useTranslation('customer');
  const isReadOnly = useReadOnly();
  return (
    <Sheet title={nameOf(of)}>
      <Facts
        of={[
          [t('allotments.contracted'), of.contracted],
          [t('allotments.allotted'), of.allotted],
          ...of.ending.map(({ endsOn, count }): [string, ReactNode] => [
            t('allotments.ending'),
            <span key={endsOn}>
              <Day of={endsOn} /> {t('allotments.ends', { count })}
            </span>,
          ]),
        ]}
      />
      {of.uniques.length === 0 ? (
        <p className="soft">{t('allotments.noUniques')}</p>
      ) : isReadOnly ? (
        <Facts of={of.uniques.map(({ name, unique, count }) => [`${name} (${unique})`, count])} />
      ) : (
        <Shares key={JSON.stringify(of.uniques)} of={of} changes={changes} />
      )}
    </Sheet>
  );
}

function Shares({ of, changes }: PoolProps) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const { circle, pool, ticked, uniques } = of;
  const initial: Values = Object.fromEntries(
    uniques.map(({ unique, count }) => [fieldOf(unique), ticked ? count > 0 : String(count)]),
  );
  const wanted = (values: Values): string[] =>
    uniques.flatMap(({ unique }) => {
      const said = values[fieldOf(unique)];
      const count =
        said === true
          ? '1'
          : String(said || '0')
              .normalize('NFKC')
              .trim();
      return count === '' || /^0+$/.test(count) ? [] : [`${unique}:${count}`];
    });
  return (
    <OwnForm
      initial={initial}
      go={t('frame:form.save')}
      act={values => ({
        changes,
        send: () =>
          send('PUT', '/api/v1/accounts/{account}/circles/{circle}/allotments/{pool}', {
            path: { account, circle, pool },
            body: { allotted: wanted(values) },
          }),
        done: t('allotments.saved'),
      })}
    >
      <p>{t('allotments.hint', { count: of.contracted })}</p>
      {uniques.map(({ unique, name }) => {
        const label = `${name} (${unique})`;
        return ticked ? (
          <CheckField key={unique} name={fieldOf(unique)} label={label} />
        ) : (
          <Field
            key={unique}
            name={fieldOf(unique)}
            label={label}
            inputMode="numeric"
            maxLength={4}
            unmarked
          />
        );
      })}
    </OwnForm>
  );
}
