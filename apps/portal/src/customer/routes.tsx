import type { Area } from '../app/pages.js';

/** Pages of accounts, circles and uniques. */
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
      path: '/calls',
      faces: ['account'],
      name: t => t('customer:calls.name'),
      load: () => import('./calls-page.js'),
      menu: { section: 'history', order: 0 },
    },
  ],
};
