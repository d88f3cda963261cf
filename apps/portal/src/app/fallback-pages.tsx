import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { Failure } from '../ui/states.js';
import { AppLink } from './link.js';

/** There is no such page, or not for this sign-in: the same answer for both. */
export function NotFoundPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('notFound.title')} | ${t('title')}`;
  }, [t]);
  return (
    <div className="narrow stack">
      <h1 tabIndex={-1}>{t('notFound.title')}</h1>
      <p>{t('notFound.text')}</p>
      <p>
        <AppLink to="/">{t('notFound.home')}</AppLink>
      </p>
    </div>
  );
}

/** A page threw: what the server refused is said as it is, all else is a fault of the page. */
export function FailedPage({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = () => {
    reset?.();
    void router.invalidate();
  };
  if (error instanceof Problem) return <Failure error={error} retry={again} />;
  return (
    <div className="state bad" role="alert">
      <p>{t('state.unexpected')}</p>
      <div className="buttons">
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {t('state.retry')}
        </button>
      </div>
    </div>
  );
}
