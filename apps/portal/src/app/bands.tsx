import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faceOf, type Session } from '../api/session.types.js';
import { useToasts } from '../ui/toasts.js';
import { AppLink } from './link.js';
import { useSessionActs } from './session.js';

// Customers do not load it.
const ClockBand = lazy(() => import('../staff/clock-band.js'));
// Staff do not.
const AccountBands = lazy(() => import('../customer/account-bands.js'));

/**
 * Above every page: whose pages these are when they are not one's own, an account that is over, suspended or
 * about to end, a password that should change, and to staff that the clock is not trusted.
 */
export function Bands({ session }: { session: Session }) {
  return (
    <>
      {session.viewing && <Viewing session={session} viewing={session.viewing} />}
      {session.level === 'staff' && !session.viewing && (
        <Suspense fallback={null}>
          <ClockBand />
        </Suspense>
      )}
      {session.accountOver && <AccountOver />}
      {faceOf(session) === 'account' && !session.accountOver && (
        <Suspense fallback={null}>
          <AccountBands />
        </Suspense>
      )}
      {session.passwordNotice === 'warn' && !session.viewing && <PasswordNotice />}
    </>
  );
}

function Viewing({ session, viewing }: { session: Session; viewing: NonNullable<Session['viewing']> }) {
  const { t } = useTranslation();
  const { leave } = useSessionActs();
  const toasts = useToasts();
  const id = viewing.unique ?? viewing.circle ?? viewing.account;
  const lower = `${t(`face.${faceOf(session)}`)} ${id}`;
  return (
    <div className="band">
      <p>
        {viewing.readOnly ? t('viewing.asCustomer', { account: id }) : t('viewing.lower', { what: lower })}
      </p>
      <button type="button" className="button small" onClick={() => void leave().catch(toasts.failed)}>
        {t('viewing.leave')}
      </button>
    </div>
  );
}

function AccountOver() {
  const { t } = useTranslation();
  return (
    <div className="band warn">
      <p>{t('accountOver')}</p>
    </div>
  );
}

function PasswordNotice() {
  const { t } = useTranslation();
  const [later, setLater] = useState(false);
  if (later) return null;
  return (
    <div className="band warn">
      <p>{t('passwordWarning')}</p>
      <div className="buttons">
        <AppLink to="/security" className="button small">
          {t('changeNow')}
        </AppLink>
        <button type="button" className="button small quiet" onClick={() => setLater(true)}>
          {t('changeLater')}
        </button>
      </div>
    </div>
  );
}
