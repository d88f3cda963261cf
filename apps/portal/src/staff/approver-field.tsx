import { useTranslation } from 'react-i18next';
import { Field } from '../ui/form/field.js';
import { moneyText } from '../ui/money-text.js';
import { useCatalogue } from './questions.js';

/** Above how much a second person has to agree: a policy of the catalogue. */
function useApprovalLimit(): string | null {
  const catalogue = useCatalogue();
  return catalogue.data?.policies.find(({ name }) => name === 'adjustment.approval-above')?.value ?? null;
}

/** Approval or API key of the second person, where an adjustment or a bonus asks for one. */
export function ApproverField() {
  const { t } = useTranslation('staff');
  const limit = useApprovalLimit();
  return (
    <Field
      name="approver"
      label={t('adjust.approver')}
      hint={
        limit === null ? t('adjust.approverHint') : t('adjust.approverAbove', { limit: moneyText(limit) })
      }
      type="password"
      autoComplete="off"
    />
  );
}
