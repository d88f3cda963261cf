import { main } from './main.js';

/** The command from its sources, in a process of its own: `nodeArguments('apps/cli/run.fixture.ts', ...)`. */
await main();
