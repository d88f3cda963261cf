import { discardSuspense, importCalls, listImports, listSuspense, retrySuspense } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ImportCalls extends commandOf(importCalls) {}
export class ListImports extends queryOf(listImports) {}
export class ListSuspense extends queryOf(listSuspense) {}
export class RetrySuspense extends commandOf(retrySuspense) {}
export class DiscardSuspense extends commandOf(discardSuspense) {}
