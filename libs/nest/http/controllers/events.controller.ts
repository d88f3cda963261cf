import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { EVENT_CONTEXTS, type EventDetail, type EventTypeView, type EventView, type Page } from '#runtime';
import { EventLogQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { found } from '../answer.js';
import { accountId, DEFAULT_LIMIT, given, instant, paging, position, words } from '../fields.js';
import { FromPath, FromQuery } from '../request.js';
import { Route } from '../route.js';
import { EventType, LogEvent, LogEventDetail } from '../schemas.pages.js';
import { allOf, pageOf } from '../shapes.js';

const Filter = z.strictObject({
  ...paging,
  stream: words(200).optional().meta({ description: 'Name of a stream, e.g. `wallet-A1_2026-10`.' }),
  type: words(100).optional().meta({ description: 'A stored type, see GET /event-types.' }),
  contexts: z
    .string()
    .max(200)
    .transform(text => text.split(','))
    .pipe(z.array(z.enum(EVENT_CONTEXTS)).max(EVENT_CONTEXTS.length))
    .optional()
    .meta({ description: `Of these parts of the product alone, with commas: ${EVENT_CONTEXTS.join(', ')}.` }),
  account: accountId.optional().meta({
    description: 'Events of its streams: account, wallet, closes, invoices, numbers and API keys.',
  }),
  command: words(500)
    .optional()
    .meta({ description: 'Id of the command that recorded them, or the Idempotency-Key it was asked with.' }),
  from: instant.optional().meta({ description: 'Recorded at or after.' }),
  to: instant.optional().meta({ description: 'Recorded at or before.' }),
});

/** The log as people read it. */
@Controller(API)
export class EventsController {
  constructor(private readonly queries: QueryBus) {}

  @Route('GET /events', {
    summary: 'Events of the log, newest first, each with what it says',
    description:
      'A search looks through 20,000 events of the log at a time: a page may have fewer rows than asked ' +
      'for, or none, and still a `next` to go on with.',
    query: Filter,
    answer: pageOf(LogEvent),
  })
  async list(@FromQuery(Filter) filter: z.output<typeof Filter>): Promise<Page<EventView>> {
    const request = { limit: DEFAULT_LIMIT, ...given(filter) };
    return await this.queries.execute(new EventLogQuery('list', request));
  }

  @Route('GET /events/:position', {
    summary: 'One event, whole, and where its stream goes on',
    answer: LogEventDetail,
    refusals: ['NO_SUCH_EVENT'],
  })
  async one(@FromPath('position', position) at: number): Promise<EventDetail> {
    return found(await this.queries.execute(new EventLogQuery('at', at)), 'EVENT');
  }

  @Route('GET /event-types', {
    summary: 'Every type of event and what it says',
    answer: allOf(EventType),
  })
  async types(): Promise<{ rows: readonly EventTypeView[] }> {
    return { rows: await this.queries.execute(new EventLogQuery('types')) };
  }
}
