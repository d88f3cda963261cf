import { useTranslation } from 'react-i18next';
import { useAsk } from '../api/questions.js';
import { Note } from '../ui/page.js';
import { Time } from '../ui/time.js';

/**
 * What was sent to this session, on an installation that sends nothing for real. Elsewhere the server knows
 * no outbox, and nothing is shown.
 * @param sentAt of the code that is waited for: asked again with every new one
 */
export function SandboxOutbox({ sentAt }: { sentAt: string }) {
  const { t } = useTranslation();
  const { data } = useAsk(['outbox', sentAt], '/api/v1/outbox', {}, { retry: false });
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
