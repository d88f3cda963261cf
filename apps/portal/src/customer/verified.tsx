import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '../app/link.js';
import { useSession } from '../app/session.js';
import { SecondStep } from '../sign-in/second-step.js';
import { Note, Page } from '../ui/page.js';

/** Whether calls, usage and statements are shown: once a second step was passed (AUT-08). */
export function useIsVerified(): boolean {
  const { level, verified } = useSession();
  return level === 'staff' || verified;
}

/** Stands in the place of a part of a page that asks for the step; the page of the calls has it. */
export function VerifyHere() {
  const { t } = useTranslation(['customer', 'frame']);
  return (
    <Note>
      <p>{t('verify.here')}</p>
      <p>
        <AppLink to="/calls">{t('verify.start')}</AppLink>
      </p>
    </Note>
  );
}

/**
 * A page with calls or what they sum up to: customers see it once they have passed a second step. Until then
 * the step stands in its place, or the way to register where a code can be sent.
 */
export function Verified({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['customer', 'frame']);
  const { secondStep } = useSession();
  if (useIsVerified()) return <>{children}</>;
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
