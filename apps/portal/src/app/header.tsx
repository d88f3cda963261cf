import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faceOf, type Language, type Session } from '../api/session.types.js';
import { CartBadge } from '../customer/cart-link.js';
import { ActionMenu } from '../ui/action-menu.js';
import { useToasts } from '../ui/toasts.js';
import { language, speak } from '../words/index.js';
import { AppLink } from './link.js';
import { useSessionActs } from './session.js';
import { chooseTheme, THEMES, type Theme, theme } from './theme.js';

const LANGUAGES = { ja: '日本語', en: 'English' } as const;

/** Who has a cart, and may look at it: customers who passed the second step, at their account or circle. */
const buys = (session: Session): boolean =>
  session.stage === 'signed_in' &&
  (session.verified || session.level === 'staff') &&
  ['account', 'circle'].includes(faceOf(session));

interface Props {
  readonly session: Session | null;
  readonly menu?: { readonly open: boolean; readonly toggle: () => void };
}

/** Brand, whose pages these are, language and appearance, and who is signed in. */
export function Header({ session, menu }: Props) {
  const { t } = useTranslation();
  return (
    <header className="bar">
      {menu && (
        <button
          type="button"
          className="button quiet icon menu-button"
          aria-expanded={menu.open}
          aria-controls="side-menu"
          aria-label={t(menu.open ? 'menu.close' : 'menu.open')}
          onClick={menu.toggle}
        >
          <span aria-hidden="true">☰</span>
        </button>
      )}
      <AppLink to="/" className="brand">
        <span className="brand-ja" lang="ja">
          台帳
        </span>
        <span className="brand-en">Daicho</span>
      </AppLink>
      {session && <span className="bar-face">{t(`face.${faceOf(session)}`)}</span>}
      <div className="bar-end">
        {session && buys(session) && <CartBadge />}
        <ThemeMenu />
        <LanguageMenu session={session} />
        {session && <YourMenu session={session} />}
      </div>
    </header>
  );
}

function LanguageMenu({ session }: { session: Session | null }) {
  const { t } = useTranslation();
  const { setLanguage } = useSessionActs();
  const toasts = useToasts();
  const choose = async (next: string) => {
    await speak(next as Language);
    if (session?.stage === 'signed_in') await setLanguage(next as Language).catch(toasts.failed);
  };
  return (
    <ActionMenu
      label={`${t('language')}: ${LANGUAGES[language()]}`}
      text={
        <>
          <span className="bar-language">{LANGUAGES[language()]}</span>
          <span aria-hidden="true">▾</span>
        </>
      }
      selected={language()}
      items={Object.entries(LANGUAGES).map(([id, name]) => ({ id, name, lang: id }))}
      onAction={id => void choose(id)}
    />
  );
}

const THEME_SIGNS: Readonly<Record<Theme, string>> = { light: '○', dark: '●', system: '◐' };

function ThemeMenu() {
  const { t } = useTranslation();
  const [now, setNow] = useState(theme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setNow(next);
  };
  return (
    <ActionMenu
      label={t('theme.label')}
      text={<span aria-hidden="true">{THEME_SIGNS[now]}</span>}
      selected={now}
      items={THEMES.map(id => ({ id, name: t(`theme.${id}`) }))}
      onAction={id => choose(id as Theme)}
    />
  );
}

function YourMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const { signOut } = useSessionActs();
  const toasts = useToasts();
  const name = t('you.signedInAs', { name: session.name });
  return (
    <ActionMenu
      label={name}
      text={
        <>
          <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">
            <circle cx="8" cy="5" r="3.25" />
            <path d="M1.5 15a6.5 6.5 0 0 1 13 0z" />
          </svg>
          <span className="bar-name">{name}</span>
          <span aria-hidden="true">▾</span>
        </>
      }
      items={[
        { id: 'security', name: t('you.security'), href: '/security' },
        { id: 'out', name: t('you.signOut') },
      ]}
      onAction={id => id === 'out' && void signOut().catch(toasts.failed)}
    />
  );
}
