import type { Role } from '../api/session.types.js';
import type { Area } from '../app/pages.js';

/** Everybody of staff but support, who see customers and no books. */
const BOOKS: readonly Role[] = ['billing', 'approver', 'admin'];
const ADMIN: readonly Role[] = ['admin'];

/** Pages of the provider's staff. */
export const area: Area = {
  chapter: 'staff',
  pages: [
    {
      path: '/',
      faces: ['staff'],
      name: t => t('staff:start.name'),
      load: () => import('./start-page.js'),
      menu: { section: 'overview', order: 0 },
    },
    {
      path: '/accounts',
      faces: ['staff'],
      name: t => t('staff:accounts.name'),
      load: () => import('./accounts-page.js'),
      menu: { section: 'customers', order: 0 },
    },
    {
      path: '/accounts/add',
      faces: ['staff'],
      roles: ['billing', 'admin'],
      name: t => t('staff:addAccount.name'),
      load: () => import('./add-account-page.js'),
    },
    {
      path: '/accounts/$account',
      faces: ['staff'],
      name: t => t('staff:account.name'),
      load: () => import('./account-page.js'),
    },
    {
      path: '/imports',
      faces: ['staff'],
      roles: BOOKS,
      name: t => t('staff:imports.name'),
      load: () => import('./imports-page.js'),
      menu: { section: 'billing', order: 0 },
    },
    {
      path: '/suspense',
      faces: ['staff'],
      roles: BOOKS,
      name: t => t('staff:suspense.name'),
      load: () => import('./suspense-page.js'),
      menu: { section: 'billing', order: 1 },
    },
    {
      path: '/closes',
      faces: ['staff'],
      roles: BOOKS,
      name: t => t('staff:closes.name'),
      load: () => import('./closes-page.js'),
      menu: { section: 'billing', order: 2 },
    },
    {
      path: '/closes/$month',
      faces: ['staff'],
      roles: BOOKS,
      name: t => t('staff:close.crumb'),
      load: () => import('./close-page.js'),
    },
    {
      path: '/invoices',
      faces: ['staff'],
      name: t => t('staff:invoices.name'),
      load: () => import('./invoices-page.js'),
      menu: { section: 'billing', order: 3 },
    },
    {
      path: '/invoices/$number',
      faces: ['staff'],
      name: t => t('staff:invoices.one'),
      load: () => import('../customer/invoice-page.js'),
    },
    {
      path: '/tariffs',
      faces: ['staff'],
      name: t => t('staff:tariffs.name'),
      load: () => import('./tariffs-page.js'),
      menu: { section: 'catalogue', order: 0 },
    },
    {
      path: '/tariffs/$tariff',
      faces: ['staff'],
      name: t => t('staff:tariffs.crumb'),
      load: () => import('./tariff-page.js'),
    },
    {
      path: '/jobs',
      faces: ['staff'],
      roles: BOOKS,
      name: t => t('staff:jobs.name'),
      load: () => import('./jobs-page.js'),
      menu: { section: 'operations', order: 0 },
    },
    {
      path: '/outbox',
      faces: ['staff'],
      roles: ['support', 'admin'],
      name: t => t('staff:outbox.name'),
      load: () => import('./outbox-page.js'),
      menu: { section: 'operations', order: 1 },
    },
    {
      path: '/staff',
      faces: ['staff'],
      roles: ADMIN,
      name: t => t('staff:staffLogins.name'),
      load: () => import('./staff-page.js'),
      menu: { section: 'settings', order: 0 },
    },
    {
      path: '/keys',
      faces: ['staff'],
      roles: ADMIN,
      name: t => t('staff:keys.name'),
      load: () => import('./keys-page.js'),
      menu: { section: 'settings', order: 1 },
    },
  ],
};
