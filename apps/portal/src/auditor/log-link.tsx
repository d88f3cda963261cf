import type { ReactNode } from 'react';
import { AppLink, type AppLinkProps } from '../app/link.js';
import { useMay } from '../app/may.js';

/** Whether the log may be read: explanations and balances are shown to more people than that. */
const useMayReadLog = (): boolean => useMay()('GET /api/v1/events');

/** A link into the log, or its text for those who may not read it. */
export function LogLink({ children, ...link }: AppLinkProps & { readonly children: ReactNode }) {
  return useMayReadLog() ? <AppLink {...link}>{children}</AppLink> : <span>{children}</span>;
}
