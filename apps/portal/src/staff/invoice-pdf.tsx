import { useTranslation } from 'react-i18next';
import { download } from '../api/client.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';

/** Saves the PDF of an invoice, in the language of the page. */
export function InvoicePdf({ number }: { number: string }) {
  const { t } = useTranslation('staff');
  const toasts = useToasts();
  const save = () => {
    const about = { path: { number }, query: { language: language() } };
    const name = `invoice-${number}.pdf`;
    download('/api/v1/invoices/{number}/pdf', about, name, 'application/pdf').catch(toasts.failed);
  };
  return (
    <button
      type="button"
      className="button small"
      aria-label={t('invoices.pdfLabel', { number })}
      onClick={save}
    >
      PDF
    </button>
  );
}
