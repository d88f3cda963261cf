import { type Asking, download, type Path } from '../api/client.js';
import type { Language } from '../api/session.types.js';
import { useToasts } from '../ui/toasts.js';
import { language } from '../words/index.js';

/** Saves what a route answers as the CSV that the server writes of all of it, in the language of the page. */
export function useSaveCsv<P extends Path>(
  route: P,
  about: (spoken: Language) => Asking<P>,
  name: string,
): () => void {
  const toasts = useToasts();
  return () => void download(route, about(language()), `${name}.csv`, 'text/csv').catch(toasts.failed);
}
