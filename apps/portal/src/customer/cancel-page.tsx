import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, created, send } from '../api/client.js';
import { useAsk } from '../api/questions.js';
import { AppLink } from '../app/link.js';
import { useUrlState } from '../app/url-state.js';
import { ActForm } from '../ui/act.js';
import { CheckField } from '../ui/form/field.js';
import { code, Page, Sheet } from '../ui/page.js';
import { Answer, Empty } from '../ui/states.js';
import { CancelByCount } from './cancel-count.js';
import { EndDays, type EndingContract, Ends, Received, Rules, withEnds } from './cancel-ends.js';
import { IntoCartField, useIntoCart } from './cancel-into-cart.js';
import { contractsKey, useBuyingManners, useContracts, useWhose } from './contracts-questions.js';

const PREVIEW = '/api/v1/accounts/{account}/cancellation-preview';

/** Of the chosen contracts when each ends and how long that can be undone, before they are cancelled. */
export default function CancelPage() {
  const { t } = useTranslation('customer');
  const { account, isOwn, at } = useWhose();
  const [search] = useUrlState();
  const chosen = search['contracts'] ?? '';
  const { product } = search;
  return (
    <Page title={t('cancel.name')} lead={isOwn ? t('cancel.lead') : code(account)}>
      {product !== undefined ? (
        <CancelByCount key={product} product={product} />
      ) : chosen === '' ? (
        <Sheet>
          <Empty>
            <p>{t('cancel.nothing')}</p>
            <AppLink to={at('/contracts')}>{t('cancel.toContracts')}</AppLink>
          </Empty>
        </Sheet>
      ) : (
        <Chosen key={chosen} ids={chosen} />
      )}
    </Page>
  );
}

/** @param ids of contracts, with commas, as the address and the question have them */
function Chosen({ ids }: { ids: string }) {
  const { t } = useTranslation('customer');
  const { account } = useWhose();
  const [done, setDone] = useState<readonly EndingContract[] | null>(null);
  const contracts = useContracts(account, false);
  const preview = useAsk(
    ['cancellation-preview', account, ids],
    PREVIEW,
    { path: { account }, query: { contracts: ids, withNumbers: 'yes' } },
    { enabled: done === null, staleTime: 0 },
  );
  if (done !== null)
    return (
      <>
        <Received of={done.map(({ ending }) => ending)} />
        <Sheet title={t('cancel.chosen')}>
          <Ends of={done} />
        </Sheet>
      </>
    );
  return (
    <Answer of={contracts}>
      {all => (
        <Answer of={preview}>
          {({ rows, losesRecordings }) => {
            const chosen = new Set(ids.split(','));
            const ending = withEnds(all.rows, rows).filter(({ contract }) => chosen.has(contract));
            const numbers = withEnds(all.rows, rows).filter(
              ({ contract, status }) => !chosen.has(contract) && status === 'active',
            );
            return (
              <>
                <Rules of={ending} recordings={losesRecordings} />
                <Sheet title={t('cancel.chosen')}>
                  <div className="stack">
                    <Ends of={ending} />
                    <CancelForm of={ending} numbers={numbers} onDone={setDone} />
                  </div>
                </Sheet>
              </>
            );
          }}
        </Answer>
      )}
    </Answer>
  );
}

const nameOfNumber = ({ number, contract }: EndingContract): string => number ?? contract;

interface FormProps {
  readonly of: readonly EndingContract[];
  /** What is set on the terminals among them, and can end with them. */
  readonly numbers: readonly EndingContract[];
  readonly onDone: (of: readonly EndingContract[]) => void;
}

/** The days are asked for once more before the question: the page may stand open over the cut-off. */
function CancelForm({ of, numbers, onDone }: FormProps) {
  const { t, i18n } = useTranslation('customer');
  const { account } = useWhose();
  const contracts = of.map(({ contract }) => contract);
  const path = { account };
  const toCart = useIntoCart();
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' });
  return (
    <ActForm
      manners={useBuyingManners()}
      initial={{ withNumbers: false, intoCart: false }}
      go={t('cancel.go')}
      danger
      act={async ({ withNumbers, intoCart }) => {
        const query = { contracts: contracts.join(','), withNumbers: withNumbers ? 'yes' : 'no' } as const;
        const { rows } = await ask(PREVIEW, { path, query });
        if (intoCart) return toCart(withEnds([...of, ...numbers], rows));
        return {
          ask: {
            title: t('cancel.title', { count: rows.length }),
            consequence: <EndDays of={rows} />,
            go: t('cancel.go'),
            danger: true,
          },
          changes: [contractsKey(account)],
          send: async command =>
            created(
              await send('POST', '/api/v1/accounts/{account}/cancellations', {
                path,
                body: { contracts, ...(withNumbers && { withNumbers }) },
                command,
              }),
            ),
          done: t('cancel.done'),
          after: ({ rows: accepted }) => onDone(withEnds([...of, ...numbers], accepted)),
        };
      }}
    >
      {numbers.length > 0 && (
        <CheckField
          name="withNumbers"
          label={t('cancel.withNumbers', { numbers: list.format(numbers.map(nameOfNumber)) })}
          hint={t('cancel.withNumbersHint')}
        />
      )}
      <IntoCartField />
    </ActForm>
  );
}
