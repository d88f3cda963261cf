import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useSession } from '../app/session.js';
import { SecondStep } from '../sign-in/second-step.js';
import { Note, Page } from '../ui/page.js';

/**
 * A page with statements of calls: customers see who called whom once they have passed a second step
 * (AUT-08). Until then the step stands in its place, or the way to register where a code can be sent.
 */
export function Verified({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['customer', 'frame']);
  const { level, verified, secondStep } = useSession();
  if (level === 'staff' || verified) return <>{children}</>;
  if (secondStep && secondStep.contacts.length > 0) {
    return (
      <div className="narrow sheet stack">
        <SecondStep step={secondStep} />
      </div>
    );
  }
  return (
    <Page title={t('verify.title')}>
      <Note kind="warn">
        <p>{t('verify.text')}</p>
        <p>
          <AppLink to="/security">{t('verify.go')}</AppLink>
        </p>
      </Note>
    </Page>
  );
}
