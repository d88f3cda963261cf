import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ask, type Command, type Schemas, send } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { useUrlState } from '../app/url-state.js';
import { type Difference, DiffTable } from '../ui/diff-table.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { moneyText } from '../ui/money-text.js';
import { Facts, Note } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { durationText, timeText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { moneyOf, StaffForm } from './acts.js';
import {
  changesOf,
  FIELDS,
  type FieldName,
  type Preview,
  previewQuery,
  type Values,
  valuesOf,
} from './correction.js';
import type { Account } from './questions.js';

type Corrected = Schemas['CorrectedCall'];

const ROUTE = '/api/v1/accounts/{account}/corrections';
const keyOf = ({ account }: Account, id: string) => ['correction', account, id] as const;

interface Props {
  readonly account: Account;
}

/** A call that was recorded wrongly: found by its id, shown as it is recorded, and corrected. */
export function CorrectionForm({ account }: Props) {
  const { t } = useTranslation('staff');
  const [{ call: id = '' }, set] = useUrlState();
  return (
    <div className="stack">
      <Form
        key={id}
        initial={{ call: id }}
        onSend={async ({ call: wanted }: { call: string }) => set({ call: wanted.trim() })}
        go={t('correct.find')}
        careless
      >
        <Field name="call" label={t('cdr.call_id')} hint={t('correct.hint')} required maxLength={200} />
      </Form>
      {id !== '' && <Found key={id} account={account} id={id} />}
    </div>
  );
}

function Found({ account, id }: Props & { readonly id: string }) {
  const { t } = useTranslation('staff');
  const [done, setDone] = useState<Corrected | null>(null);
  const found = useQuery({
    queryKey: keyOf(account, id),
    retry: false,
    queryFn: ({ signal }) => ask(ROUTE, { path: account, query: { call: id } }, signal),
  });
  return (
    <Answer of={found}>
      {of => (
        <div className="stack">
          {done && <Done of={done} />}
          <Recorded of={of} />
          <h3>{t('correct.asItWas')}</h3>
          <Correcting key={of.entry} account={account} of={of} onDone={setDone} />
        </div>
      )}
    </Answer>
  );
}

function Done({ of }: { of: Corrected }) {
  const { t } = useTranslation('staff');
  const figures = { entry: of.entry, net: moneyText(of.net), tax: moneyText(of.tax), category: of.category };
  return (
    <Note kind="good">
      <span role="status">{t('correct.doneAs', figures)}</span>
    </Note>
  );
}

/** The newest entry of the call. */
function Recorded({ of }: { of: Preview }) {
  const { t } = useTranslation('staff');
  return (
    <>
      <h3>{t('correct.recorded', { entry: of.entry })}</h3>
      {of.reversed && <Note kind="warn">{t('correct.reversed')}</Note>}
      <Facts
        of={[
          [t('cdr.direction'), t(`correct.directions.${of.direction}`)],
          ...(['number', 'from', 'to'] as const).map(
            name =>
              [
                t(`cdr.${name}`),
                <span key={name} className="code">
                  {of[name]}
                </span>,
              ] as const,
          ),
          [t('cdr.start'), timeText(of.startedAt, true)],
          [t('cdr.answer'), of.answeredAt === null ? t('correct.no') : timeText(of.answeredAt, true)],
          [t('cdr.end'), timeText(of.endedAt, true)],
          [t('correct.duration'), durationText(of.durationMs)],
          [t('correct.price'), t('correct.cost', { net: moneyText(of.net), tax: moneyText(of.tax) })],
        ]}
      />
    </>
  );
}

interface CorrectingProps extends Props {
  readonly of: Preview;
  readonly onDone: (done: Corrected) => void;
}

function Correcting({ account, of, onDone }: CorrectingProps) {
  const { t } = useTranslation('staff');
  const act = async (values: Values) => {
    const changes = changesOf(of, values);
    if (Object.keys(changes).length === 0)
      throw new Problem({ status: 409, code: 'SAME_RECORD', detail: t('correct.unchanged') });
    // Priced before it is asked for: what cannot be is said at its field, and no reason was typed in vain.
    const preview = await ask(ROUTE, { path: account, query: previewQuery(of.callId, changes) });
    return {
      ask: {
        title: t('correct.title'),
        consequence: <Consequence account={account} of={preview} before={of} values={values} />,
        go: t('correct.go'),
        danger: true,
      },
      changes: [...moneyOf(account.account), ['calls', account.account], keyOf(account, of.callId)],
      done: t('correct.done'),
      send: (command: Command) => {
        const body = { call: of.callId, reason: command.reason, ...changes };
        return send('POST', ROUTE, { path: account, body, command });
      },
      after: (answer: Corrected | Schemas['Unchanged']) => 'entry' in answer && onDone(answer),
    };
  };
  return (
    <StaffForm initial={valuesOf(of)} act={act} go={t('correct.check')} className="form columns-form">
      <SelectField
        name="direction"
        label={t('cdr.direction')}
        choices={[
          ['out', t('correct.directions.out')],
          ['in', t('correct.directions.in')],
        ]}
        required
      />
      <Field name="number" label={t('cdr.number')} type="tel" required maxLength={64} />
      <Field name="from" label={t('cdr.from')} unmarked maxLength={64} />
      <Field name="to" label={t('cdr.to')} required maxLength={64} />
      <Field name="startedAt" label={t('cdr.start')} hint={t('correct.timeHint')} required maxLength={40} />
      <SelectField
        name="answered"
        label={t('correct.answered')}
        choices={[
          ['yes', t('correct.yes')],
          ['no', t('correct.no')],
        ]}
        required
      />
      <AnsweredAt />
      <Field name="endedAt" label={t('cdr.end')} required maxLength={40} />
    </StaffForm>
  );
}

/** A call that nobody answered has no time of it. */
function AnsweredAt() {
  const { t } = useTranslation('staff');
  const isAnswered = useWatch<Values, 'answered'>({ name: 'answered' }) === 'yes';
  return isAnswered && <Field name="answeredAt" label={t('cdr.answer')} required maxLength={40} />;
}

interface ConsequenceProps extends Props {
  readonly of: Preview;
  readonly before: Preview;
  readonly values: Values;
}

/** What is taken back, what is charged instead, and what is written differently. */
function Consequence({ account, of, before, values }: ConsequenceProps) {
  const { t } = useTranslation('staff');
  const was = valuesOf(before);
  const names = {
    ...{ direction: t('cdr.direction'), number: t('cdr.number'), from: t('cdr.from'), to: t('cdr.to') },
    ...{ startedAt: t('cdr.start'), answeredAt: t('cdr.answer'), endedAt: t('cdr.end') },
  };
  const said = (name: FieldName, from: Values): string => {
    if (name === 'direction') return t(`correct.directions.${from.direction}`);
    return name === 'answeredAt' && from.answered === 'no' ? t('correct.no') : from[name];
  };
  const rows: readonly Difference[] = FIELDS.map(name => ({
    key: name,
    name: names[name],
    before: said(name, was),
    after: said(name, values),
  })).filter(row => row.before !== row.after);
  const cost = (of: { net: string; tax: string }) => ({ net: moneyText(of.net), tax: moneyText(of.tax) });
  const { corrected } = of;
  return (
    <div className="stack">
      <p>
        {[
          t('correct.consequence', { name: account.name, call: of.callId }),
          of.reversed ? t('correct.takesNothing') : t('correct.takes', cost(of)),
          corrected &&
            t('correct.charges', { ...cost(corrected), duration: durationText(corrected.durationMs) }),
        ].join(language() === 'en' ? ' ' : '')}
      </p>
      <DiffTable caption={t('correct.changed')} rows={rows} />
    </div>
  );
}
