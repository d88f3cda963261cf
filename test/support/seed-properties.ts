import fc from 'fast-check';
import { SEED } from './seed.js';

/** Every property of the run, also one that says nothing of a seed, draws from the seed of the run. */
fc.configureGlobal({ seed: SEED });
