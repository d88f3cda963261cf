import {
  approvePaper,
  askPaperAgain,
  changeCircleData,
  changeMails,
  changeParty,
  closeAccount,
  eraseAccount,
  listCircleData,
  listPapers,
  setCircleStatement,
  setPromotionMails,
  showCircleData,
  showParty,
  showPicture,
  uploadPaper,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ShowParty extends queryOf(showParty) {}
export class ChangeParty extends commandOf(changeParty) {}
export class ListCircleData extends queryOf(listCircleData) {}
export class ShowCircleData extends queryOf(showCircleData) {}
export class ChangeCircleData extends commandOf(changeCircleData) {}
export class ChangeMails extends commandOf(changeMails) {}
export class SetPromotionMails extends commandOf(setPromotionMails) {}
export class SetCircleStatement extends commandOf(setCircleStatement) {}
export class UploadPaper extends commandOf(uploadPaper) {}
export class ListPapers extends queryOf(listPapers) {}
export class ShowPicture extends queryOf(showPicture) {}
export class ApprovePaper extends commandOf(approvePaper) {}
export class AskPaperAgain extends commandOf(askPaperAgain) {}
export class CloseAccount extends commandOf(closeAccount) {}
export class EraseAccount extends commandOf(eraseAccount) {}
