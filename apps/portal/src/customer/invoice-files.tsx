import { useTranslation } from 'react-i18next';
import { download } from '../api/client.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';

/** The two forms of an invoice on paper (INV-04), to save. */
export function InvoiceFiles({ number }: { number: string }) {
  const { t } = useTranslation('customer');
  const toasts = useToasts();
  const save = (decimals: boolean) => {
    const query = { decimals: decimals ? 'true' : 'false', language: language() } as const;
    const name = `invoice-${number}.pdf`;
    const about = { path: { number }, query };
    download('/api/v1/invoices/{number}/pdf', about, name, 'application/pdf').catch(toasts.failed);
  };
  const button = (decimals: boolean) => {
    const form = t(decimals ? 'invoices.decimals' : 'invoices.plain');
    return (
      <button
        type="button"
        className="button small"
        aria-label={`${number} ${t('invoices.pdf')} ${form}`}
        onClick={() => save(decimals)}
      >
        {form}
      </button>
    );
  };
  return (
    <span className="buttons">
      {button(false)}
      {button(true)}
    </span>
  );
}
