import { type Area, pagesFor, type Words } from '../app/pages.js';

// Of pages that stand at several addresses.
const addUnique = [
  (t: Words) => t('customer:circle.addUnique'),
  () => import('./add-unique-page.js'),
] as const;
const password = [
  (t: Words) => t('customer:lowerPassword.name'),
  () => import('./lower-password-page.js'),
] as const;
const whole = () => import('./cancel-whole-page.js');
const calls = [
  (t: Words) => t('customer:calls.name'),
  () => import('./calls-page.js'),
  'history',
  0,
] as const;
const allotments = [
  (t: Words) => t('customer:allotments.name'),
  () => import('./allotments-page.js'),
] as const;
const setNumbers = () => import('./unique-numbers-page.js');
const numbers = () => import('./number-statement-page.js');
const numberSearch = () => import('./number-search-page.js');
const destinations = () => import('./destination-statement-page.js');

/** Pages of accounts, circles and uniques. Money is the account's: the lower levels see calls alone. */
export const area: Area = {
  chapter: 'customer',
  pages: [
    ...pagesFor(
      ['account'],
      [
        ['/', t => t('customer:home.name'), () => import('./home-page.js'), 'overview', 0],
        ['/circles', t => t('customer:circles.name'), () => import('./circles-page.js'), 'circles', 0],
        ['/circles/add', t => t('customer:circles.add'), () => import('./add-circle-page.js')],
        ['/circles/$circle', t => t('customer:circle.name'), () => import('./circle-page.js')],
        ['/circles/$circle/cancel', t => t('customer:whole.circleName'), whole],
        ['/circles/$circle/add-unique', ...addUnique],
        ['/circles/$circle/allotments', ...allotments],
        [
          '/circles/$circle/data',
          t => t('customer:circle.changeData'),
          () => import('./circle-data-page.js'),
        ],
        ['/circles/$circle/$unique', t => t('customer:circle.setNumbers'), setNumbers],
        ['/circles/$circle/password', ...password],
        ['/circles/$circle/$unique/password', ...password],
        ['/calls', ...calls],
        ['/charge', t => t('customer:charge.name'), () => import('./charge-page.js'), 'money', 0],
        ['/charge/$payment', t => t('customer:charge.one'), () => import('./payment-page.js')],
        ['/prepaid', t => t('customer:prepaid.name'), () => import('./prepaid-page.js'), 'money', 0],
        [
          '/prepaid-settings',
          t => t('customer:prepaidSettings.name'),
          () => import('./prepaid-settings-page.js'),
          'money',
          1,
        ],
        ['/usage', t => t('customer:usage.name'), () => import('./usage-page.js'), 'money', 2],
        ['/invoices', t => t('customer:invoices.name'), () => import('./invoices-page.js'), 'money', 3],
        [
          '/account-info',
          t => t('customer:party.name'),
          () => import('./account-info-page.js'),
          'settings',
          0,
        ],
        ['/account-info/cancel', t => t('customer:whole.accountName'), whole],
        ['/invoices/$number', t => t('customer:invoices.detail'), () => import('./invoice-page.js')],
      ],
    ),
    ...pagesFor(
      ['circle'],
      [
        ['/uniques', t => t('customer:circles.uniquesName'), () => import('./uniques-page.js'), 'circles', 0],
        ['/uniques/add', ...addUnique],
        ['/uniques/allotments', ...allotments],
        ['/uniques/$unique/password', ...password],
      ],
    ),
    ...pagesFor(
      ['account', 'circle'],
      [
        ['/contracts', t => t('customer:contracts.name'), () => import('./contracts-page.js'), 'purchase', 0],
        ['/contracts/cancel', t => t('customer:cancel.name'), () => import('./cancel-page.js')],
        ['/purchases', t => t('customer:purchases.name'), () => import('./purchases-page.js'), 'purchase', 3],
        ['/orders', t => t('customer:orders.name'), () => import('./orders-page.js'), 'purchase', 4],
        ['/orders/$order', t => t('customer:orders.one'), () => import('./orders-one-page.js')],
        ['/shop', t => t('customer:cart.shop'), () => import('./shop-page.js'), 'purchase', 0],
        ['/cart', t => t('customer:cart.name'), () => import('./cart-page.js'), 'purchase', 2],
        ['/numbers', t => t('customer:numberSearch.name'), numberSearch, 'purchase', 1],
      ],
    ),
    ...pagesFor(['circle', 'unique'], [['/', ...calls]]),
    ...pagesFor(
      ['account', 'circle', 'unique'],
      [
        ['/statements/numbers', t => t('customer:numbers.name'), numbers, 'history', 1],
        ['/statements/destinations', t => t('customer:destinations.name'), destinations, 'history', 2],
        ['/service', t => t('customer:service.name'), () => import('./service-page.js'), 'settings', 9],
      ],
    ),
  ],
};
