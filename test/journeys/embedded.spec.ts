import { embeddedHome } from '../support/journeys.js';
import { inProcess } from '../support/stages.js';
import { journeySuite } from './journey-suite.js';

journeySuite('embedded', inProcess(embeddedHome));
