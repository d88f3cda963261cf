import { useTranslation } from 'react-i18next';
import { Page, Sheet } from '../ui/page.js';
import { Tabs } from '../ui/tabs.js';
import { CartChoice, CartLink } from './cart-link.js';
import { ChosenNumbers } from './chosen-numbers.js';
import { useChosen } from './number-choice.js';
import { NumberSearch } from './number-search.js';
import { useToCart } from './to-cart.js';
import { VbaSearch } from './vba-search.js';
import { Verified } from './verified.js';

/** Numbers that can be bought, and the choice of them (CAT-18, CAT-23, VBA-02). */
export default function NumberSearchPage() {
  const { t } = useTranslation('customer');
  const { chosen, toggle, take, clear } = useChosen();
  const toCart = useToCart(clear);
  return (
    <Verified>
      <Page title={t('numberSearch.name')} lead={t('numberSearch.lead')} acts={<CartLink />}>
        <CartChoice />
        <Sheet>
          <Tabs
            name="view"
            label={t('numberSearch.views')}
            tabs={[
              {
                id: 'numbers',
                name: t('numberSearch.byNumber'),
                panel: () => <NumberSearch chosen={chosen.numbers} onToggle={toggle} />,
              },
              {
                id: 'vba',
                name: t('numberSearch.vba'),
                panel: () => <VbaSearch chosen={chosen.groups} onTake={take} />,
              },
            ]}
          />
        </Sheet>
        <ChosenNumbers
          of={chosen}
          onRemove={toggle}
          onRemoveGroup={group => take(group, 0)}
          onChosen={toCart}
        />
        <Sheet title={t('numberSearch.notes')}>
          <ul>
            <li>{t('numberSearch.note020')}</li>
            <li>{t('numberSearch.noteBarred')}</li>
            <li>{t('numberSearch.noteAbroad')}</li>
            <li>{t('numberSearch.noteCallerId')}</li>
            <li>{t('numberSearch.notePapers')}</li>
            <li>{t('numberSearch.noteVbaCancel')}</li>
          </ul>
        </Sheet>
      </Page>
    </Verified>
  );
}
