import { useTranslation } from 'react-i18next';
import { download } from '../api/client.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';

/** Saves the PDF of an invoice, in the language of the page. */
export function InvoicePdf({ number }: { number: string }) {
  const { t } = useTranslation('staff');
  const toasts = useToasts();
  const save = () => {
    const path = `/invoices/${encodeURIComponent(number)}/pdf?language=${language()}`;
    download(path, `invoice-${number}.pdf`, 'application/pdf').catch(toasts.failed);
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
