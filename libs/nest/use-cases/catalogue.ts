import {
  compareCatalogue,
  compareTariffs,
  importCatalogue,
  listPriceLists,
  listTariffs,
  publishTariffs,
  showCatalogue,
  showPriceList,
  showServiceInformation,
  showTariff,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListTariffs extends queryOf(listTariffs) {}
export class PublishTariffs extends commandOf(publishTariffs) {}
export class CompareTariffs extends queryOf(compareTariffs) {}
export class ShowTariff extends queryOf(showTariff) {}
export class ShowCatalogue extends queryOf(showCatalogue) {}
export class ImportCatalogue extends commandOf(importCatalogue) {}
export class CompareCatalogue extends queryOf(compareCatalogue) {}
export class ListPriceLists extends queryOf(listPriceLists) {}
export class ShowPriceList extends queryOf(showPriceList) {}
export class ShowServiceInformation extends queryOf(showServiceInformation) {}
