import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { useAccount } from '../app/session.js';
import { useParam } from '../app/url-state.js';
import { CheckField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { Note, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { useToasts } from '../ui/toasts.js';
import { circlesKey, ofAccount, type Unique, useAccountFacts, useUniques } from './questions.js';

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
      lead={<span className="code">{id}</span>}
    >
      <Sheet>
        <Answer of={uniques}>{() => (unique ? <Numbers unique={unique} /> : <Empty />)}</Answer>
      </Sheet>
    </Page>
  );
}

/** A field may not begin with a digit: react-hook-form would take the names for places of a list. */
const fieldOf = (number: string): string => `n${number}`;

function Numbers({ unique }: { unique: Unique }) {
  const { t } = useTranslation(['customer', 'frame']);
  const account = useAccount();
  const facts = useAccountFacts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const save = async (values: Readonly<Record<string, boolean>>, all: readonly string[]) => {
    const numbers = all.filter(number => values[fieldOf(number)]);
    const path = ofAccount(account, `/uniques/${encodeURIComponent(unique.unique)}/numbers`);
    await call('PUT', path, { body: { numbers } });
    await client.invalidateQueries({ queryKey: circlesKey(account) });
    toasts.done(t('circle.numbersSaved'));
    await navigate({ to: `/circles/${unique.circle}` as never });
  };
  return (
    <Answer of={facts}>
      {({ numbers }) =>
        numbers.length === 0 ? (
          <Note kind="warn">{t('circle.noAccountNumbers')}</Note>
        ) : (
          <Form<Record<string, boolean>>
            initial={Object.fromEntries(numbers.map(one => [fieldOf(one), unique.numbers.includes(one)]))}
            onSend={values => save(values, numbers)}
            go={t('frame:form.save')}
          >
            <p>{t('circle.numbersHint')}</p>
            <div>
              {numbers.map(number => (
                <CheckField
                  key={number}
                  name={fieldOf(number)}
                  label={<span className="code">{number}</span>}
                />
              ))}
            </div>
          </Form>
        )
      }
    </Answer>
  );
}
