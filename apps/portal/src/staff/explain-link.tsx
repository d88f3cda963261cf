import type { ReactNode } from 'react';
import { AppLink } from '../app/link.js';
import { useMay } from './acts.js';

/** Any amount back to its causes, for those who may read the books; plain text for the others. */
export function ExplainLink({ id, children }: { id: string; children: ReactNode }) {
  const may = useMay();
  if (!may('read')) return children;
  return (
    <AppLink to="/explain" search={{ id }}>
      {children}
    </AppLink>
  );
}
