import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.js';
import { Note } from '../ui/page.js';
import { Time } from '../ui/time.js';

/** A message that a sandbox sender kept instead of sending it (`GET /outbox`). */
interface Kept {
  readonly message: string;
  readonly to: string;
  readonly text: string;
  readonly sentAt: string;
}

/**
 * What was sent to this session, on an installation that sends nothing for real. Elsewhere the server knows
 * no outbox, and nothing is shown.
 * @param sentAt of the code that is waited for: asked again with every new one
 */
export function SandboxOutbox({ sentAt }: { sentAt: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['outbox', sentAt],
    queryFn: ({ signal }) => call<{ rows: readonly Kept[] }>('GET', '/outbox', { signal }),
    retry: false,
  });
  const [newest] = data?.rows ?? [];
  if (!newest) return null;
  return (
    <Note kind="warn">
      <p className="small">
        {t('secondStep.sandbox')} <Time at={newest.sentAt} seconds />
      </p>
      <p className="sandbox-text">{newest.text}</p>
    </Note>
  );
}
