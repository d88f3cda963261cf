import {
  compareTariffs,
  importCatalogue,
  listTariffs,
  publishTariffs,
  showCatalogue,
  showTariff,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListTariffs extends queryOf(listTariffs) {}
export class PublishTariffs extends commandOf(publishTariffs) {}
export class CompareTariffs extends queryOf(compareTariffs) {}
export class ShowTariff extends queryOf(showTariff) {}
export class ShowCatalogue extends queryOf(showCatalogue) {}
export class ImportCatalogue extends commandOf(importCatalogue) {}
