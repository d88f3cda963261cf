import { type ReactNode, Suspense } from 'react';
import { Waiting } from '../ui/states.js';
import { Header } from './header.js';
import { SkipLink } from './skip-link.js';

/** The frame of those who are not signed in: header and page. */
export function Bare({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <Header session={null} />
      <div className="frame bare">
        <main id="content" className="page" tabIndex={-1}>
          <Suspense fallback={<Waiting />}>{children}</Suspense>
        </main>
      </div>
    </>
  );
}
