import { backUpStore, explainAmount, exportLog, rebuildReadModels, replayLog, verifyLog } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ExplainAmount extends queryOf(explainAmount) {}
export class VerifyLog extends queryOf(verifyLog) {}
export class ReplayLog extends queryOf(replayLog) {}
export class ExportLog extends queryOf(exportLog) {}
export class RebuildReadModels extends commandOf(rebuildReadModels) {}
export class BackUpStore extends commandOf(backUpStore) {}
