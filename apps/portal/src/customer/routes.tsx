import type { Area } from '../app/pages.js';

/** Pages of accounts, circles and uniques. Money is the account's: the lower levels see calls alone. */
export const area: Area = {
  chapter: 'customer',
  pages: [
    {
      path: '/',
      faces: ['account'],
      name: t => t('customer:home.name'),
      load: () => import('./home-page.js'),
      menu: { section: 'overview', order: 0 },
    },
    {
      path: '/',
      faces: ['circle', 'unique'],
      name: t => t('customer:calls.name'),
      load: () => import('./calls-page.js'),
      menu: { section: 'history', order: 0 },
    },
    {
      path: '/circles',
      faces: ['account'],
      name: t => t('customer:circles.name'),
      load: () => import('./circles-page.js'),
      menu: { section: 'circles', order: 0 },
    },
    {
      path: '/circles/add',
      faces: ['account'],
      name: t => t('customer:circles.add'),
      load: () => import('./add-circle-page.js'),
    },
    {
      path: '/circles/$circle',
      faces: ['account'],
      name: t => t('customer:circle.name'),
      load: () => import('./circle-page.js'),
    },
    {
      path: '/circles/$circle/add-unique',
      faces: ['account'],
      name: t => t('customer:circle.addUnique'),
      load: () => import('./add-unique-page.js'),
    },
    {
      path: '/circles/$circle/$unique',
      faces: ['account'],
      name: t => t('customer:circle.setNumbers'),
      load: () => import('./unique-numbers-page.js'),
    },
    {
      path: '/uniques',
      faces: ['circle'],
      name: t => t('customer:circles.uniquesName'),
      load: () => import('./uniques-page.js'),
      menu: { section: 'circles', order: 0 },
    },
    {
      path: '/uniques/add',
      faces: ['circle'],
      name: t => t('customer:circle.addUnique'),
      load: () => import('./add-unique-page.js'),
    },
    {
      path: '/calls',
      faces: ['account'],
      name: t => t('customer:calls.name'),
      load: () => import('./calls-page.js'),
      menu: { section: 'history', order: 0 },
    },
    {
      path: '/statements/numbers',
      faces: ['account', 'circle', 'unique'],
      name: t => t('customer:numbers.name'),
      load: () => import('./number-statement-page.js'),
      menu: { section: 'history', order: 1 },
    },
    {
      path: '/statements/destinations',
      faces: ['account', 'circle', 'unique'],
      name: t => t('customer:destinations.name'),
      load: () => import('./destination-statement-page.js'),
      menu: { section: 'history', order: 2 },
    },
    {
      path: '/prepaid',
      faces: ['account'],
      name: t => t('customer:prepaid.name'),
      load: () => import('./prepaid-page.js'),
      menu: { section: 'money', order: 0 },
    },
    {
      path: '/usage',
      faces: ['account'],
      name: t => t('customer:usage.name'),
      load: () => import('./usage-page.js'),
      menu: { section: 'money', order: 1 },
    },
    {
      path: '/invoices',
      faces: ['account'],
      name: t => t('customer:invoices.name'),
      load: () => import('./invoices-page.js'),
      menu: { section: 'money', order: 2 },
    },
    {
      path: '/invoices/$number',
      faces: ['account'],
      name: t => t('customer:invoices.detail'),
      load: () => import('./invoice-page.js'),
    },
  ],
};
