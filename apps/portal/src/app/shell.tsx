import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, useEffect, useState } from 'react';
import type { Session } from '../api/session.types.js';
import { Failure, Waiting } from '../ui/states.js';
import { language, speak } from '../words/index.js';
import { Bands } from './bands.js';
import { Bare } from './bare.js';
import { Header } from './header.js';
import { sessionQuery } from './session.js';
import { SideMenu } from './side-menu.js';
import { SkipLink } from './skip-link.js';

const SignIn = lazy(() => import('../sign-in/sign-in-page.js'));

/**
 * The frame of all pages. Without a session the sign-in page stands at the address that was asked for, so
 * that signing in leads back to it, also after a session has ended.
 */
export function Shell() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session === undefined) {
    return <Bare>{error ? <Failure error={error} retry={() => void refetch()} /> : <Waiting />}</Bare>;
  }
  if (session === null || session.stage !== 'signed_in') {
    return (
      <Bare>
        <SignIn />
      </Bare>
    );
  }
  return <Inside session={session} />;
}

function Inside({ session }: { session: Session }) {
  const [menuOpen, setMenuOpen] = useState(false);
  const path = useRouterState({ select: state => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(() => setMenuOpen(false), [path]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setMenuOpen(false);
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
  // The language of the login holds, whatever this browser spoke before.
  useEffect(() => {
    if (session.language !== language()) void speak(session.language);
  }, [session.language]);
  return (
    <>
      <SkipLink />
      <Header session={session} menu={{ open: menuOpen, toggle: () => setMenuOpen(open => !open) }} />
      <div className="frame">
        <SideMenu session={session} open={menuOpen} />
        <main id="content" className="page" tabIndex={-1}>
          <Bands session={session} />
          <Outlet />
        </main>
      </div>
    </>
  );
}
