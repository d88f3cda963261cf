import type { TFunction } from 'i18next';
import type { Column } from '../ui/table/columns.js';

/** Whose row it is, with the way to the customer. */
export const accountColumn = <Row extends { readonly account: string }>(
  t: TFunction<'staff'>,
): Column<Row> => ({
  id: 'account',
  name: t('accounts.account'),
  kind: 'code',
  value: row => row.account,
  to: row => `/accounts/${row.account}`,
});
