import { useParams } from '@tanstack/react-router';
import { useSession } from '../app/session.js';

/**
 * The circle that a page is about: that of its address, else the one that was entered, else the login's own.
 * @throws Error where there is none
 */
export function useOwnCircle(): string {
  const { viewing, circle } = useSession();
  const named: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const shown = named['circle'] ?? viewing?.circle ?? circle;
  if (shown === null) throw new Error('this page is about no circle');
  return shown;
}
