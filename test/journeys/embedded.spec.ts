import { embeddedHome } from '../support/journeys.js';
import { journeySuite } from './journey-suite.js';

journeySuite('embedded', embeddedHome);
