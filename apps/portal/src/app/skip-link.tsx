import { useTranslation } from 'react-i18next';

/** First stop of the keyboard: past header and menu to the page. */
export function SkipLink() {
  const { t } = useTranslation();
  return (
    <a className="skip" href="#content">
      {t('skip')}
    </a>
  );
}
