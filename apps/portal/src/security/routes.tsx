import { type Area, pagesFor } from '../app/pages.js';

/** One's own sign-in: password, second steps, sessions. */
export const area: Area = {
  chapter: 'security',
  pages: pagesFor(
    ['account', 'circle', 'unique', 'staff', 'auditor'],
    [['/security', t => t('security:name'), () => import('./security-page.js'), 'settings', 90]],
  ),
};
