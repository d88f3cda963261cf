import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.js';
import { call } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { useUrlState } from '../app/url-state.js';
import { type Difference, DiffTable } from '../ui/diff-table.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Form } from '../ui/form/form.js';
import { moneyText } from '../ui/money-text.js';
import { Facts, Note } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { durationText, inJapan, timeText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { moneyOf, useRefresh, useSending } from './acts.js';
import { useInOurWords } from './problems.js';
import { type Account, queryText } from './questions.js';

type Preview = components['schemas']['CorrectionPreview'];
type Corrected = components['schemas']['CorrectedCall'];

const FIELDS = ['direction', 'number', 'from', 'to', 'startedAt', 'answeredAt', 'endedAt'] as const;
type FieldName = (typeof FIELDS)[number];
/** As the form has them; the API's names, so that its problems find their fields. */
type Values = Record<FieldName, string> & { answered: 'yes' | 'no' };
type Changes = Partial<Record<FieldName, string | null>>;

const path = ({ account }: Account): string => `/accounts/${encodeURIComponent(account)}/corrections`;
const keyOf = (account: Account, id: string) => ['correction', account.account, id] as const;

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
  const inOurWords = useInOurWords();
  const { t } = useTranslation('staff');
  const [done, setDone] = useState<Corrected | null>(null);
  const found = useQuery({
    queryKey: keyOf(account, id),
    retry: false,
    queryFn: ({ signal }) =>
      call<Preview>('GET', `${path(account)}${queryText({ call: id })}`, { signal }).catch(error => {
        throw inOurWords(error);
      }),
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
          [
            t('cdr.number'),
            <span key="number" className="code">
              {of.number}
            </span>,
          ],
          [
            t('cdr.from'),
            <span key="from" className="code">
              {of.from}
            </span>,
          ],
          [
            t('cdr.to'),
            <span key="to" className="code">
              {of.to}
            </span>,
          ],
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

/** `2026-10-10T10:02:00.000` of a form, in Japan. */
const LOCAL = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/;
const two = (text: string): string => text.padStart(2, '0');

/** As people write a time: `2026/10/05 12:01:30`, read as of Japan. */
const shown = (time: string): string =>
  inJapan(time)
    .replaceAll('-', '/')
    .replace('T', ' ')
    .replace(/\.000$/, '');

function instantOf(written: string): string {
  const found = LOCAL.exec(written.normalize('NFKC').trim());
  if (!found) return written;
  const [, year, month, day, hour, minute, second = '00', rest = '.'] = found;
  return `${year}-${two(month!)}-${two(day!)}T${two(hour!)}:${minute}:${second}${rest.padEnd(4, '0')}+09:00`;
}

const valuesOf = (of: Preview): Values => ({
  ...{ direction: of.direction, number: of.number, from: of.from, to: of.to },
  ...{ startedAt: shown(of.startedAt), endedAt: shown(of.endedAt) },
  answered: of.answeredAt === null ? 'no' : 'yes',
  answeredAt: of.answeredAt === null ? '' : shown(of.answeredAt),
});

/** What differs from the record. */
function changesOf(of: Preview, values: Values): Changes {
  const before = valuesOf(of);
  const changes: Changes = {};
  for (const name of FIELDS) {
    if (name === 'answeredAt') continue;
    const [value, was] = [values[name].trim(), before[name]];
    if (value !== was) changes[name] = name.endsWith('At') ? instantOf(value) : value;
  }
  if (values.answered === 'no' && of.answeredAt !== null) changes.answeredAt = null;
  if (values.answered === 'yes' && values.answeredAt.trim() !== before.answeredAt)
    changes.answeredAt = instantOf(values.answeredAt.trim());
  return changes;
}

const queryOf = (changes: Changes): Record<string, string> =>
  Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value ?? 'none']));

interface CorrectingProps extends Props {
  readonly of: Preview;
  readonly onDone: (done: Corrected) => void;
}

function Correcting({ account, of, onDone }: CorrectingProps) {
  const { t } = useTranslation('staff');
  const sending = useSending();
  const refresh = useRefresh();
  const inOurWords = useInOurWords();
  const correct = async (values: Values, key: string) => {
    const changes = changesOf(of, values);
    if (Object.keys(changes).length === 0)
      throw inOurWords(new Problem({ status: 409, code: 'SAME_RECORD', detail: '' }));
    // Priced before it is asked for: what cannot be is said at its field, and no reason was typed in vain.
    const query = queryText({ call: of.callId, ...queryOf(changes) });
    const preview = await call<Preview>('GET', `${path(account)}${query}`).catch(error => {
      throw inOurWords(error);
    });
    const answer = await sending(
      {
        title: t('correct.title'),
        consequence: <Consequence account={account} of={preview} before={of} values={values} />,
        go: t('correct.go'),
        danger: true,
      },
      { changes: [...moneyOf(account.account), ['calls', account.account]], done: t('correct.done') },
      key,
      async (headers, reason) => {
        const body = { call: of.callId, reason, ...changes };
        const done = await call<Corrected>('POST', path(account), { body, headers });
        onDone(done);
        return done;
      },
    );
    await refresh([keyOf(account, of.callId)]);
    return answer;
  };
  return (
    <Form<Values>
      initial={valuesOf(of)}
      onSend={correct}
      go={t('correct.check')}
      className="form columns-form"
    >
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
    </Form>
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
    if (name === 'direction') return t(`correct.directions.${from.direction as 'out' | 'in'}`);
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
