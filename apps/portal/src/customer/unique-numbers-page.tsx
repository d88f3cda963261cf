import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { OwnForm } from '../security/own-acts.js';
import { CheckField, SelectField } from '../ui/form/field.js';
import { code, Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { circlesKey, type Unique, useAccountFacts, useUniques } from './questions.js';

/** Which numbers of the account a unique calls and is called with (ACC-04). */
export default function UniqueNumbersPage() {
  const { t } = useTranslation(['customer', 'frame']);
  const circle = useParam('circle');
  const id = useParam('unique');
  const circles = useMemo(() => [circle], [circle]);
  const uniques = useUniques(circles);
  const unique = uniques.data?.find(one => one.unique === id);
  return (
    <Page
      title={unique ? t('circle.numbersTitle', { name: unique.name }) : t('circle.setNumbers')}
      lead={code(id)}
    >
      <Sheet>
        <Answer of={uniques}>{() => (unique ? <Numbers unique={unique} /> : <Empty />)}</Answer>
      </Sheet>
    </Page>
  );
}

/** A field may not begin with a digit: react-hook-form would take the names for places of a list. */
const fieldOf = (number: string): string => `n${number}`;

function Numbers({ unique: { unique, circle, numbers: now, outgoing } }: { unique: Unique }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const facts = useAccountFacts();
  const navigate = useNavigate();
  const route = '/api/v1/accounts/{account}/uniques/{unique}/numbers';
  return (
    <Answer of={facts}>
      {({ numbers: all }) =>
        all.length === 0 ? (
          <Note kind="warn">{t('circle.noAccountNumbers')}</Note>
        ) : (
          <OwnForm
            initial={{ outgoing, ...Object.fromEntries(all.map(one => [fieldOf(one), now.includes(one)])) }}
            go={t('frame:form.save')}
            act={(values: Record<string, boolean | string>) => ({
              changes: [circlesKey(account)],
              send: () => {
                const numbers = all.filter(number => values[fieldOf(number)]);
                return send('PUT', route, {
                  path: { account, unique },
                  body: { numbers, outgoing: String(values.outgoing) },
                });
              },
              done: t('circle.numbersSaved'),
              after: () => navigate({ to: `/circles/${circle}` as never }),
            })}
          >
            <p>{t('circle.numbersHint')}</p>
            <fieldset>
              <legend>{t('circle.incoming')}</legend>
              {all.map(number => (
                <CheckField key={number} name={fieldOf(number)} label={code(number)} />
              ))}
            </fieldset>
            <SelectField
              name="outgoing"
              label={t('circle.outgoing')}
              hint={t('circle.outgoingHint')}
              choices={[
                ['any', t('circle.outgoingAny')],
                ['none', t('circle.outgoingNone')],
                ...all.map(number => [number, number] as const),
              ]}
            />
          </OwnForm>
        )
      }
    </Answer>
  );
}
