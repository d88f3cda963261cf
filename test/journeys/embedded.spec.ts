import { embeddedHome } from '../support/journeys.js';
import { inProcess } from '../support/stages.js';
import { contractSuite } from './contract-suite.js';
import { journeySuite } from './journey-suite.js';

journeySuite('embedded', inProcess(embeddedHome));
contractSuite('embedded', inProcess(embeddedHome));
