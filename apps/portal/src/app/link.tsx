import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface AppLinkProps {
  /** Path inside the portal, filled in: `/calls`. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onClick?: () => void;
}

/** A link inside the portal. Looks at the address only; `aria-current` is set on the page it leads to. */
export function AppLink({ to, search = {}, ...rest }: AppLinkProps) {
  return (
    <Link
      to={to as never}
      search={search as never}
      activeOptions={{ exact: true, includeSearch: false }}
      {...rest}
    />
  );
}
