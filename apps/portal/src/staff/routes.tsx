import type { Area } from '../app/pages.js';

/** Pages of the provider's staff. */
export const area: Area = {
  chapter: 'staff',
  pages: [
    {
      path: '/',
      faces: ['staff'],
      name: t => t('staff:accounts.name'),
      load: () => import('./accounts-page.js'),
      menu: { section: 'customers', order: 0 },
    },
  ],
};
