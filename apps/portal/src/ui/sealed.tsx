import { useTranslation } from 'react-i18next';

/** What the API answers instead of a text whose key is not there. */
const UNREADABLE = '(unreadable)';

/** A text that may have been sealed: a login id, a contact, an address. */
export function Sealed({ text }: { text: string }) {
  const { t } = useTranslation('frame');
  return text === UNREADABLE ? <span className="soft">{t('unreadable')}</span> : text;
}
