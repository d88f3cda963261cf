import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './app/router.js';
import { queries } from './app/session.js';
import { startTheme } from './app/theme.js';
import { ConfirmProvider } from './ui/confirm.js';
import { LanguageOfControls } from './ui/language-of-controls.js';
import { Toasts } from './ui/toasts.js';
import { startWords } from './words/index.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/content.css';
import './styles/table.css';
import './styles/tree.css';
import './styles/print.css';

startTheme();
await startWords();
createRoot(document.getElementById('portal')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageOfControls>
        <Toasts>
          <ConfirmProvider>
            <Suspense>
              <RouterProvider router={router} />
            </Suspense>
          </ConfirmProvider>
        </Toasts>
      </LanguageOfControls>
    </QueryClientProvider>
  </StrictMode>,
);
