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
  const above = limit !== null && t('adjust.approverAbove', { limit: moneyText(limit) });
  return <ApprovalField hint={above || t('adjust.approverHint')} />;
}

/** Approval or API key of the second person. */
export function ApprovalField({ hint, required = false }: { hint: string; required?: boolean }) {
  const { t } = useTranslation('staff');
  const label = t('adjust.approver');
  return (
    <Field name="approver" label={label} hint={hint} type="password" autoComplete="off" required={required} />
  );
}
