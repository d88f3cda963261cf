import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, created, send } from '../api/client.js';
import { ActForm } from '../ui/act.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { EndDays, Received } from './cancel-ends.js';
import { IntoCartField, useIntoCart } from './cancel-into-cart.js';
import {
  type Contract,
  contractsKey,
  type Ending,
  useBuyingManners,
  useCircleNames,
  useContracts,
  useNameOf,
  useWhose,
} from './contracts-questions.js';

const PREVIEW = '/api/v1/accounts/{account}/cancellation-preview/units';
const CANCEL = '/api/v1/accounts/{account}/cancellations/units';
const UNDO = '/api/v1/accounts/{account}/cancellations/units/undo';
const ACCOUNT = 'account';

/** Channels are cancelled by their count; which of them end, the books say (CAN-05, CAN-06). */
export function CancelByCount({ product }: { product: string }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const [done, setDone] = useState<readonly Ending[] | null>(null);
  const contracts = useContracts(account, false);
  if (done !== null) return <Received of={done} />;
  return (
    <Answer of={contracts}>
      {({ rows }) => {
        const of = rows.filter(one => one.product === product);
        const units = of.filter(({ status }) => status === 'active');
        const ending = of.filter(({ status }) => status === 'ending');
        return (
          <>
            <Sheet title={t('cancel.chosen')}>
              {units.length > 0 ? (
                <Counted units={units} onDone={setDone} />
              ) : (
                <Empty>{t('cancel.nothing')}</Empty>
              )}
            </Sheet>
            {ending.length > 0 && (
              <Sheet title={t('cancel.endingUnits')}>
                <UndoByCount units={ending} />
              </Sheet>
            )}
          </>
        );
      }}
    </Answer>
  );
}

interface CountedProps {
  /** All of one product, none of which ends yet. */
  readonly units: readonly Contract[];
  readonly onDone: (of: readonly Ending[]) => void;
}

/** The circles that have units, each with how many. */
function useCirclesOf(units: readonly Contract[]): readonly (readonly [circle: string, name: string])[] {
  const { t } = useTranslation('customer');
  const names = useCircleNames(useWhose().account);
  const byCircle = [...Map.groupBy(units, ({ circle }) => circle ?? ACCOUNT)];
  return byCircle.map(([circle, { length: count }]) => {
    const name = circle === ACCOUNT ? t('contracts.noCircle') : (names.get(circle) ?? circle);
    return [circle, t('cancel.ofCircle', { name, count })] as const;
  });
}

/** Units of which circle the form is about, and how many of them. */
const asked = (units: readonly Contract[], { circle, count }: { circle: string; count: string }) => ({
  of: { product: units[0]!.product, ...(circle !== ACCOUNT && { circle }) },
  text: count.normalize('NFKC').trim(),
});

/** Those that were cancelled last come back first (CAN-05: 解約取消). */
function UndoByCount({ units }: { units: readonly Contract[] }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const choices = useCirclesOf(units);
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{ circle: choices[0]![0], count: '' }}
      go={t('contracts.undoGo')}
      act={values => {
        const { of, text } = asked(units, values);
        return {
          ask: {
            title: t('contracts.undoTitle'),
            consequence: t('cancel.undoCount', { count: Number(text) || 0 }),
            go: t('contracts.undoGo'),
          },
          changes: [contractsKey(account)],
          send: async command =>
            created(
              await send('POST', UNDO, { path: { account }, body: { ...of, count: Number(text) }, command }),
            ),
          done: ({ contracts }) => t('contracts.undone', { count: contracts.length }),
        };
      }}
    >
      <SelectField name="circle" label={t('contracts.circle')} choices={choices} required />
      <Field name="count" label={t('cancel.undoHowMany')} inputMode="numeric" maxLength={3} required />
    </ActForm>
  );
}

function Counted({ units, onDone }: CountedProps) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const nameOf = useNameOf();
  const choices = useCirclesOf(units);
  const path = { account };
  const toCart = useIntoCart();
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{ circle: choices[0]![0], count: '', intoCart: false }}
      go={t('cancel.go')}
      danger
      act={async ({ intoCart, ...values }) => {
        const { of, text } = asked(units, values);
        const { rows } = await ask(PREVIEW, { path, query: { ...of, count: text } });
        const ended = new Set(rows.map(({ contract }) => contract));
        if (intoCart) return toCart(units.filter(({ contract }) => ended.has(contract)));
        return {
          ask: {
            title: t('cancel.title', { count: rows.length }),
            consequence: <EndDays of={rows} />,
            go: t('cancel.go'),
            danger: true,
          },
          changes: [contractsKey(account)],
          send: async command =>
            created(await send('POST', CANCEL, { path, body: { ...of, count: Number(text) }, command })),
          done: t('cancel.done'),
          after: ({ rows: accepted }) => onDone(accepted),
        };
      }}
    >
      <p>{nameOf(units[0]!)}</p>
      <SelectField name="circle" label={t('contracts.circle')} choices={choices} required />
      <Field
        name="count"
        label={t('cancel.count')}
        hint={t('cancel.countHint')}
        inputMode="numeric"
        maxLength={3}
        required
      />
      <IntoCartField />
    </ActForm>
  );
}
