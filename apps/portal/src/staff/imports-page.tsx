import { useTranslation } from 'react-i18next';
import { listOf } from '../api/questions.js';
import { useMay } from '../app/may.js';
import { ListPage } from '../ui/list-page.js';
import { Sheet } from '../ui/page.js';
import { useImportColumns } from './import-columns.js';
import { ImportFile } from './import-file.js';
import { useImports } from './questions.js';

/** Files of call records: bringing one in, and what became of those before. */
export default function ImportsPage() {
  const { t } = useTranslation(['staff', 'frame']);
  const may = useMay();
  const upload = (
    <Sheet title={t('imports.upload')}>
      <ImportFile />
    </Sheet>
  );
  return (
    <ListPage
      name="imports"
      title={t('imports.name')}
      lead={t('imports.lead')}
      above={may('POST /api/v1/cdr-imports') && upload}
      sheet={t('imports.list')}
      of={listOf(useImports())}
      columns={useImportColumns()}
      rowKey={row => row.import}
      csv="cdr-imports"
      empty={t('imports.none')}
    />
  );
}
