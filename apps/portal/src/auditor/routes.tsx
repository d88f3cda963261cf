import type { Area } from '../app/pages.js';

/** Pages of those who check the books. */
export const area: Area = {
  chapter: 'auditor',
  pages: [
    {
      path: '/',
      faces: ['auditor'],
      name: t => t('auditor:trialBalance.name'),
      load: () => import('./trial-balance-page.js'),
      menu: { section: 'books', order: 0 },
    },
    {
      path: '/trial-balance',
      faces: ['staff'],
      name: t => t('auditor:trialBalance.name'),
      load: () => import('./trial-balance-page.js'),
      menu: { section: 'books', order: 0 },
    },
  ],
};
