import { type Area, pagesFor } from '../app/pages.js';

// Of customers too: they know whose contracts they show.
const contracts = () => import('../customer/contracts-page.js');
const cancel = () => import('../customer/cancel-page.js');
const orders = () => import('../customer/orders-page.js');
const order = () => import('../customer/orders-one-page.js');
const purchases = () => import('../customer/purchases-page.js');
const whole = () => import('../customer/cancel-whole-page.js');

/** Pages of the provider's staff. Support see customers, and no books. */
export const area: Area = {
  chapter: 'staff',
  pages: [
    ...pagesFor(
      ['staff'],
      [
        ['/', t => t('staff:start.name'), () => import('./start-page.js'), 'overview', 0],
        ['/accounts', t => t('staff:accounts.name'), () => import('./accounts-page.js'), 'customers', 0],
        ['/accounts/$account', t => t('staff:account.name'), () => import('./account-page.js')],
        ['/invoices', t => t('staff:invoices.name'), () => import('./invoices-page.js'), 'billing', 3],
        ['/invoices/$number', t => t('staff:invoices.one'), () => import('../customer/invoice-page.js')],
        ['/tariffs', t => t('staff:tariffs.name'), () => import('./tariffs-page.js'), 'catalogue', 0],
        ['/products', t => t('staff:products.name'), () => import('./products-page.js'), 'catalogue', 1],
        ['/numbers', t => t('staff:stock.name'), () => import('./stock-page.js'), 'catalogue', 2],
        ['/tariffs/$tariff', t => t('staff:tariffs.crumb'), () => import('./tariff-page.js')],
      ],
    ),
    ...pagesFor(
      ['staff'],
      [['/orders', t => t('staff:orders.name'), () => import('./orders-page.js'), 'customers', 2]],
      'GET /api/v1/orders',
    ),
    ...pagesFor(
      ['staff'],
      [['/papers', t => t('staff:papers.name'), () => import('./papers-page.js'), 'customers', 1]],
      'GET /api/v1/papers',
    ),
    ...pagesFor(
      ['staff'],
      [['/shipments', t => t('staff:shipments.name'), () => import('./shipments-page.js'), 'customers', 3]],
      'POST /api/v1/accounts/{account}/shipments/{shipment}/ship',
    ),
    ...pagesFor(
      ['staff'],
      [
        ['/accounts/$account/contracts', t => t('staff:account.contracts'), contracts],
        ['/accounts/$account/purchases', t => t('staff:account.purchases'), purchases],
        ['/accounts/$account/orders', t => t('staff:account.orders'), orders],
        ['/accounts/$account/orders/$order', t => t('staff:account.order'), order],
      ],
      'GET /api/v1/accounts/{account}/contracts',
    ),
    ...pagesFor(
      ['staff'],
      [
        ['/accounts/$account/contracts/cancel', t => t('staff:account.cancelContracts'), cancel],
        ['/accounts/$account/cancel', t => t('staff:account.cancelAccount'), whole],
        ['/accounts/$account/circles/$circle/cancel', t => t('staff:account.cancelCircle'), whole],
      ],
      'POST /api/v1/accounts/{account}/cancellations',
    ),
    ...pagesFor(
      ['staff'],
      [['/accounts/add', t => t('staff:addAccount.name'), () => import('./add-account-page.js')]],
      'POST /api/v1/accounts',
    ),
    ...pagesFor(
      ['staff'],
      [
        ['/imports', t => t('staff:imports.name'), () => import('./imports-page.js'), 'billing', 0],
        ['/suspense', t => t('staff:suspense.name'), () => import('./suspense-page.js'), 'billing', 1],
        ['/closes', t => t('staff:closes.name'), () => import('./closes-page.js'), 'billing', 2],
        ['/closes/$month', t => t('staff:close.crumb'), () => import('./close-page.js')],
        ['/jobs', t => t('staff:jobs.name'), () => import('./jobs-page.js'), 'operations', 0],
      ],
      'GET /api/v1/closes',
    ),
    ...pagesFor(
      ['staff'],
      [['/deposits', t => t('staff:deposits.name'), () => import('./deposits-page.js'), 'billing', 3]],
      'GET /api/v1/deposits',
    ),
    ...pagesFor(
      ['staff'],
      [
        [
          '/parked-money',
          t => t('staff:parkedMoney.name'),
          () => import('./parked-money-page.js'),
          'billing',
          4,
        ],
      ],
      'GET /api/v1/parked-money',
    ),
    ...pagesFor(
      ['staff'],
      [['/outbox', t => t('staff:outbox.name'), () => import('./outbox-page.js'), 'operations', 1]],
      // Who helps with logins reads what was sent to them.
      'POST /api/v1/logins/{login}/unlock',
    ),
    ...pagesFor(
      ['staff'],
      [
        ['/staff', t => t('staff:staffLogins.name'), () => import('./staff-page.js'), 'settings', 0],
        ['/keys', t => t('staff:keys.name'), () => import('./keys-page.js'), 'settings', 1],
      ],
      'GET /api/v1/staff',
    ),
  ],
};
