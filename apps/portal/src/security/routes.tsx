import type { Area } from '../app/pages.js';

/** One's own sign-in: password, second steps, sessions. */
export const area: Area = {
  chapter: 'security',
  pages: [
    {
      path: '/security',
      faces: ['account', 'circle', 'unique', 'staff', 'auditor'],
      name: t => t('security:name'),
      load: () => import('./security-page.js'),
      menu: { section: 'settings', order: 90 },
    },
  ],
};
