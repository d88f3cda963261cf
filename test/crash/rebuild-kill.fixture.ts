import { systemClock } from '#adapters/clock';
import { openEventStoreDb } from '#adapters/eventstoredb';
import { openPostgresReadStore } from '#adapters/postgres';
import { runProjections } from '#runtime';
import { KILLED_PROJECTIONS } from './rebuild-kill.projections.js';

/** Builds read models in small batches until it is killed, and says what it counted and switched. */
const [url, readModelsUrl] = process.argv.slice(2) as [string, string];
runProjections({
  events: await openEventStoreDb({ url }),
  readModels: await openPostgresReadStore({ url: readModelsUrl }),
  clock: systemClock,
  projections: KILLED_PROJECTIONS,
  batchSize: 40,
  lookMs: 10,
  firstRetryMs: 5,
  observe: note => {
    if (note.kind === 'counted') console.log(`counted ${note.projection} ${note.to}`);
    if (note.kind === 'switched') console.log(`switched ${note.projection} ${note.version}`);
  },
});
