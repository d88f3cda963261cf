import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { faceOf, type Session } from '../api/session.types.js';
import type { Chapter } from '../words/index.js';
import { PAGES } from './areas.js';
import { AppLink } from './link.js';
import { mayShow, type PageSpec, SECTIONS } from './pages.js';

type Entry = PageSpec & { readonly chapter: Chapter; readonly menu: NonNullable<PageSpec['menu']> };

const entriesFor = (session: Session): readonly Entry[] =>
  PAGES.filter(
    (page): page is Entry => page.menu !== undefined && mayShow(page, faceOf(session), session.role),
  );

/** The pages of a level, by chapter. */
export function SideMenu({ session, open }: { session: Session; open: boolean }) {
  const entries = entriesFor(session);
  const { t } = useTranslation(['frame', ...new Set(entries.map(entry => entry.chapter))]);
  const path = useRouterState({ select: state => state.location.pathname });
  const chapters = SECTIONS.map(section => ({
    section,
    pages: entries.filter(({ menu }) => menu.section === section).sort((a, b) => a.menu.order - b.menu.order),
  })).filter(({ pages }) => pages.length > 0);
  return (
    <nav id="side-menu" className="side" aria-label={t('frame:menu.label')} data-open={open || undefined}>
      {chapters.map(({ section, pages }) => (
        <section key={section} aria-labelledby={`menu-${section}`}>
          <h2 id={`menu-${section}`}>{t(`frame:sections.${section}`)}</h2>
          <ul>
            {pages.map(page => (
              <li key={page.path} data-within={isWithin(path, page.path) || undefined}>
                <AppLink to={page.path}>{page.name(t)}</AppLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** A page below a page of the menu: the menu shows where one has come from. */
const isWithin = (path: string, page: string): boolean => page !== '/' && path.startsWith(`${page}/`);
