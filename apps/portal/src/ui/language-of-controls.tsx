import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

/** The component library speaks what the portal speaks, not what the browser asks for. */
export function LanguageOfControls({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return <I18nProvider locale={i18n.language === 'en' ? 'en-US' : 'ja-JP'}>{children}</I18nProvider>;
}
