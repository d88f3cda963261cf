import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, created, type Schemas, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { useReadOnly } from '../app/session.js';
import { ActButton, ActForm } from '../ui/act.js';
import { Field } from '../ui/form/field.js';
import { code, Note, Page, Sheet } from '../ui/page.js';
import { Answer } from '../ui/states.js';
import { dayText, timeText, today } from '../ui/time-text.js';
import { Ends, withEnds } from './cancel-ends.js';
import {
  contractsKey,
  endingsKey,
  useBuyingManners,
  useCircleNames,
  useContracts,
  useWhose,
} from './contracts-questions.js';

const PREVIEW = '/api/v1/accounts/{account}/cancellation-preview';
const CIRCLE = '/api/v1/accounts/{account}/circles/{circle}/cancellation';
type Preview = Schemas['CancellationPreview'];
/** A circle of the account, or the account itself. */
type Circle = string | undefined;

/** The circle of the address. */
const useCircleOfPage = (): Circle =>
  (useParams({ strict: false }) as Readonly<Record<string, string | undefined>>)['circle'];

const askedAbout = (circle: Circle) => (circle === undefined ? { whole: 'yes' as const } : { circle });

/** What changes with the cancellation of a circle or an account. */
const changesOf = (account: string) => [
  contractsKey(account),
  endingsKey(account),
  ['cancellation-preview', account],
  ['purchases', account],
];

/** What a circle, or the account, takes with it when it is cancelled, before it is (CAN-12, CAN-13). */
export default function CancelWholePage() {
  const { t } = useTranslation('customer');
  const { account, isOwn } = useWhose();
  const circle = useCircleOfPage();
  const preview = useAsk(
    ['cancellation-preview', account, 'whole', circle ?? ''],
    PREVIEW,
    { path: { account }, query: askedAbout(circle) },
    { staleTime: 0 },
  );
  const lead = isOwn && circle === undefined ? t('whole.accountLead') : code(circle ?? account);
  return (
    <Page title={t(circle === undefined ? 'whole.accountName' : 'whole.circleName')} lead={lead}>
      <Answer of={preview}>
        {of => (
          <>
            {of.accepted ? <Accepted of={of} /> : <Before of={of} />}
            <Inside of={of} />
          </>
        )}
      </Answer>
    </Page>
  );
}

/** What would follow, and the way to it. */
function Before({ of }: { of: Preview }) {
  const { t } = useTranslation('customer');
  const isReadOnly = useReadOnly();
  const circle = useCircleOfPage();
  const day = dayText(of.endsOn!);
  const isCircle = of.of === 'circle';
  return (
    <Sheet>
      <div className="stack">
        <Note kind="warn">
          <p>
            <strong>{t(isCircle ? 'whole.circleEnds' : 'whole.accountEndsThen', { day })}</strong>
          </p>
          {of.undoUntil !== null && <p>{t('whole.until', { time: timeText(of.undoUntil) })}</p>}
          {!of.undoable && !isCircle && <p>{t('whole.never')}</p>}
        </Note>
        <ul>
          {isCircle && <li>{t('whole.everything')}</li>}
          <li>{t(isCircle ? 'whole.logins' : 'whole.accountLogins')}</li>
          <li>{t('whole.fees')}</li>
          {!isCircle && <li>{t('whole.balance')}</li>}
          {of.losesRecordings && <li>{t('whole.recordings')}</li>}
        </ul>
        {!isReadOnly && (circle === undefined ? <AccountForm /> : <CircleForm circle={circle} />)}
      </div>
    </Sheet>
  );
}

/** The day as it is now: the page may stand open over the cut-off. */
function Consequence({ of }: { of: Preview }) {
  const { t } = useTranslation('customer');
  return (
    <ul className="plain-list">
      <li>{t('whole.endsOn', { day: dayText(of.endsOn!) })}</li>
      <li>{t('whole.count', { count: of.rows.length })}</li>
      {of.undoUntil !== null && <li>{t('whole.until', { time: timeText(of.undoUntil) })}</li>}
      {of.losesRecordings && <li>{t('whole.recordings')}</li>}
      {!of.undoable && of.of === 'account' && <li>{t('whole.never')}</li>}
    </ul>
  );
}

function useNameOfCircle(circle: string): string {
  const { account } = useWhose();
  return useCircleNames(account).get(circle) ?? circle;
}

function CircleForm({ circle }: { circle: string }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const name = useNameOfCircle(circle);
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{}}
      go={t('whole.go')}
      danger
      act={async () => {
        const now = await ask(PREVIEW, { path: { account }, query: askedAbout(circle) });
        return {
          ask: {
            title: t('whole.circleTitle', { name }),
            consequence: <Consequence of={now} />,
            go: t('whole.go'),
            danger: true,
          },
          changes: changesOf(account),
          send: async command => created(await send('POST', CIRCLE, { path: { account, circle }, command })),
          done: t('whole.done'),
        };
      }}
    >
      {null}
    </ActForm>
  );
}

/** For good: said on the page and in the question, and the account's id is typed. */
function AccountForm() {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{ typed: '' }}
      go={t('whole.go')}
      danger
      act={async () => {
        const now = await ask(PREVIEW, { path: { account }, query: askedAbout(undefined) });
        return {
          ask: {
            title: t('whole.accountTitle', { account }),
            consequence: <Consequence of={now} />,
            go: t('whole.go'),
            danger: true,
          },
          changes: changesOf(account),
          send: async command =>
            created(
              await send('POST', '/api/v1/accounts/{account}/cancellation', { path: { account }, command }),
            ),
          done: t('whole.done'),
        };
      }}
    >
      <Field
        name="typed"
        label={t('whole.typed')}
        hint={t('whole.typedHint', { account })}
        required
        autoComplete="off"
        rules={{
          validate: (text: string) => text.normalize('NFKC').trim() === account || t('whole.notTyped'),
        }}
      />
    </ActForm>
  );
}

/** That it is cancelled, and of a circle the way back. */
function Accepted({ of }: { of: Preview }) {
  const { t } = useTranslation('customer');
  const isReadOnly = useReadOnly();
  const circle = useCircleOfPage();
  const day = dayText(of.endsOn!);
  const isOver = today() > of.endsOn!;
  if (circle === undefined)
    return (
      <Note kind="warn">
        <p>{t('whole.accountEnds', { day })}</p>
      </Note>
    );
  return (
    <Note kind="warn">
      <p>{t(isOver ? 'whole.circleOver' : 'whole.circleAccepted', { day })}</p>
      {of.undoUntil !== null && !isOver && <p>{t('whole.until', { time: timeText(of.undoUntil) })}</p>}
      {of.undoable && !isOver && !isReadOnly && <UndoButton circle={circle} />}
    </Note>
  );
}

function UndoButton({ circle }: { circle: string }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const name = useNameOfCircle(circle);
  return (
    <ActButton
      manners={useBuyingManners()}
      ask={{
        title: t('whole.undoTitle', { name }),
        consequence: t('whole.undoConsequence'),
        go: t('whole.undo'),
      }}
      changes={changesOf(account)}
      send={command => send('POST', `${CIRCLE}/undo`, { path: { account, circle }, command })}
      done={t('whole.undone')}
    >
      {t('whole.undo')}
    </ActButton>
  );
}

function Inside({ of }: { of: Preview }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const contracts = useContracts(account, false);
  return (
    <Sheet title={t('whole.what')}>
      <Answer of={contracts}>
        {({ rows }) => (
          <Ends of={withEnds(rows, of.rows)} caption={t('whole.what')} empty={t('whole.nothing')} />
        )}
      </Answer>
    </Sheet>
  );
}
