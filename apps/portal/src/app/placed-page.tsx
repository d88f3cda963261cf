import { useParams } from '@tanstack/react-router';
import { type ComponentType, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../ui/states.js';
import type { Chapter } from '../words/index.js';
import { PAGES } from './areas.js';
import { NotFoundPage } from './fallback-pages.js';
import { AppLink } from './link.js';
import { filledIn, mayShow, type PageSpec, pagesAbove } from './pages.js';
import { useFace, useSession } from './session.js';

type Placed = PageSpec & { readonly chapter: Chapter };
interface Candidate {
  readonly page: Placed;
  readonly Page: ComponentType;
}

/** The page of an address for the one who is signed in, below its breadcrumbs. */
export function PlacedPage({ candidates }: { candidates: readonly Candidate[] }) {
  const face = useFace();
  const { role } = useSession();
  const found = candidates.find(({ page }) => mayShow(page, face, role));
  if (!found) return <NotFoundPage />;
  return (
    <Suspense fallback={<Waiting />}>
      <Titled page={found.page}>
        <found.Page />
      </Titled>
    </Suspense>
  );
}

/** Gives the window its title, says where one is, and moves the focus to the new page's heading. */
function Titled({ page, children }: { page: Placed; children: React.ReactNode }) {
  const { t } = useTranslation(['frame', page.chapter]);
  const name = page.name(t);
  useEffect(() => {
    document.title = `${name} | ${t('frame:title')}`;
  }, [name, t]);
  return (
    <>
      <Crumbs page={page} />
      {children}
      <FocusOnArrival path={page.path} />
    </>
  );
}

/** What was loaded first keeps the browser's own order; every page after it begins at its heading. */
let arrivedBefore = false;
function FocusOnArrival({ path }: { path: string }) {
  const seen = useRef('');
  useEffect(() => {
    if (seen.current === path) return;
    seen.current = path;
    if (arrivedBefore) document.querySelector<HTMLElement>('main h1')?.focus();
    arrivedBefore = true;
  }, [path]);
  return null;
}

function Crumbs({ page }: { page: Placed }) {
  const face = useFace();
  const { role } = useSession();
  const params: Record<string, string> = useParams({ strict: false });
  const shown = PAGES.filter(one => mayShow(one, face, role)) as readonly Placed[];
  const above = pagesAbove(page.path, shown) as readonly Placed[];
  const { t } = useTranslation(['frame', page.chapter]);
  if (page.path === '/') return null;
  return (
    <nav className="crumbs" aria-label={t('frame:crumbs.label')}>
      <ol>
        <li>
          <AppLink to="/">{t('frame:crumbs.home')}</AppLink>
        </li>
        {above.map(one => (
          <li key={one.path}>
            <AppLink to={filledIn(one.path, params)}>{one.name(t)}</AppLink>
          </li>
        ))}
        <li aria-current="page">{page.name(t)}</li>
      </ol>
    </nav>
  );
}
