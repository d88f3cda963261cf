import { BusinessDay } from '#kernel';

/**
 * The last day on which a customer may object to changed terms; after it they count as accepted, also without
 * an answer (INF-40, LM-28). The day of the notice does not count.
 */
export const objectionsUntil = (notifiedOn: BusinessDay, days: number): BusinessDay =>
  BusinessDay.plus(notifiedOn, days);

/** Whether terms bind whoever has neither objected nor used the service since the notice. */
export const countAsAccepted = (notifiedOn: BusinessDay, days: number, today: BusinessDay): boolean =>
  today > objectionsUntil(notifiedOn, days);
