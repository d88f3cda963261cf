import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, created, send } from '../api/client.js';
import { ActForm } from '../ui/act.js';
import { Field, SelectField } from '../ui/form/field.js';
import { Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { EndDays, Received } from './cancel-ends.js';
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
        const units = rows.filter(one => one.product === product && one.status === 'active');
        return (
          <Sheet title={t('cancel.chosen')}>
            {units.length > 0 ? (
              <Counted units={units} onDone={setDone} />
            ) : (
              <Empty>{t('cancel.nothing')}</Empty>
            )}
          </Sheet>
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

function Counted({ units, onDone }: CountedProps) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const names = useCircleNames(account);
  const nameOf = useNameOf();
  const byCircle = [...Map.groupBy(units, ({ circle }) => circle ?? ACCOUNT)];
  const choices = byCircle.map(([circle, { length: count }]) => {
    const name = circle === ACCOUNT ? t('contracts.noCircle') : (names.get(circle) ?? circle);
    return [circle, t('cancel.ofCircle', { name, count })] as const;
  });
  const path = { account };
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{ circle: byCircle[0]![0], count: '' }}
      go={t('cancel.go')}
      danger
      act={async ({ circle, count }) => {
        const text = count.normalize('NFKC').trim();
        const of = { product: units[0]!.product, ...(circle !== ACCOUNT && { circle }) };
        const { rows } = await ask(PREVIEW, { path, query: { ...of, count: text } });
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
    </ActForm>
  );
}
