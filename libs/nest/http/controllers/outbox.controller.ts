import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Instant } from '#kernel';
import { IdentityQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import type { Principal } from '../principal.js';
import { notFound } from '../problem.js';
import { Who } from '../request.js';
import { Route } from '../route.js';
import { OutboxMessage } from '../schemas.identity.js';
import { allOf } from '../shapes.js';

/**
 * Whether somebody may read every message: with them one can become anybody, so it is for those who may make
 * logins anyway. All others see what was sent for their own session.
 */
const seesAll = ({ role, stage }: Principal): boolean => stage === 'signed_in' && role === 'admin';

/** What the sandbox senders kept: the way to a code where no real sender is configured. */
@Controller(API)
export class OutboxController {
  constructor(private readonly queries: QueryBus) {}

  @Route('GET /outbox', {
    summary:
      'Messages of the sandbox senders, newest first; without being an admin only those of the own session',
    answer: allOf(OutboxMessage),
    refusals: ['NO_SUCH_RESOURCE'],
  })
  async list(@Who() who: Principal): Promise<{ rows: readonly object[] }> {
    const kept = await this.queries.execute(new IdentityQuery('outbox'));
    if (!kept) throw notFound('OUTBOX_OFF', 'messages are sent for real here');
    const own = who.live?.session;
    const rows = kept
      .filter(({ message }) => seesAll(who) || (own !== undefined && message.split('/').includes(own)))
      .map(({ sentAt, ...rest }) => ({ ...rest, sentAt: Instant.text(sentAt as Instant) }));
    return { rows };
  }
}
