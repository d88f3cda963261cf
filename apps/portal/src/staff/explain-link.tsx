import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useMay } from '../app/may.js';

interface Props {
  /** Invoice, call, lot, debit, adjustment or reversal. */
  readonly id: string;
  /** "Explain" without it, with the id for those who do not see where it stands. */
  readonly children?: ReactNode;
}

/** Any amount back to its causes, for those who may read the books; plain text for the others. */
export function ExplainLink({ id, children }: Props) {
  const { t } = useTranslation('staff');
  const may = useMay();
  if (!may('GET /api/v1/explanations/{id}')) return children;
  return (
    <AppLink to="/explain" search={{ id }}>
      {children ?? (
        <>
          {t('explain')} <span className="sr">{id}</span>
        </>
      )}
    </AppLink>
  );
}
