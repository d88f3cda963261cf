import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { type Logger, pino } from 'pino';
import { runJobs } from '#runtime';
import { DaichoModule } from '../daicho.module.js';
import type { ArrivalLimits, RunningServer, ServerOptions } from '../serve.types.js';
import { USE_CASES_OF } from '../use-cases/index.js';
import { watchClock } from '../watch-clock.js';
import { AccessGuard, API } from './access.guard.js';
import { ARRIVAL_LIMITS, BodyInterceptor, BoundedAdapter, boundArrival, boundRequests } from './arrival.js';
import { Now } from './clock.js';
import { AccountsController } from './controllers/accounts.controller.js';
import { BooksController } from './controllers/books.controller.js';
import { CallsController } from './controllers/calls.controller.js';
import { CartController } from './controllers/cart.controller.js';
import { CatalogueController } from './controllers/catalogue.controller.js';
import { CdrController, DIRECTORY } from './controllers/cdr.controller.js';
import { ClosingController } from './controllers/closing.controller.js';
import { ContractsController } from './controllers/contracts.controller.js';
import { HealthController } from './controllers/health.controller.js';
import { NumbersController } from './controllers/numbers.controller.js';
import { PartiesController } from './controllers/parties.controller.js';
import { PaymentsController } from './controllers/payments.controller.js';
import { PrepaidController } from './controllers/prepaid.controller.js';
import { SessionsController } from './controllers/sessions.controller.js';
import { PUBLIC_ORIGIN } from './csrf.js';
import { EventStreams } from './event-stream.js';
import { removeOldUploads } from './files.js';
import { KnownAccountInterceptor } from './known-account.js';
import { Metrics } from './metrics.js';
import { openApiOf, serveDocs } from './openapi.js';
import { builtPortal, servePortal } from './portal.js';
import { ProblemFilter } from './problem.filter.js';
import { requestLog } from './request-log.js';
import { COOKIE_SECURE } from './session-cookie.js';
import { controllerOf } from './use-case.controller.js';
import { WAIT_LIMIT_MS, WaitInterceptor, waitLimitOf } from './wait.js';

/** How long `close` waits for requests in flight before it cuts them off. */
const DRAIN_MS = 10_000;
const SWEEP_MS = 20;

const limitsOf = ({ arrival }: ServerOptions): ArrivalLimits => ({ ...ARRIVAL_LIMITS, ...arrival });

@Module({})
class HttpModule {
  static over(options: ServerOptions, metrics: Metrics, logger: Logger): DynamicModule {
    return {
      module: HttpModule,
      imports: [DaichoModule.forProduct(options.product, metrics.observeCommand)],
      controllers: [
        AccountsController,
        PartiesController,
        PrepaidController,
        PaymentsController,
        CallsController,
        ClosingController,
        ContractsController,
        CartController,
        CatalogueController,
        NumbersController,
        CdrController,
        BooksController,
        ...Object.entries(USE_CASES_OF).map(([service, useCases]) => controllerOf(service, useCases)),
        SessionsController,
        HealthController,
      ],
      providers: [
        Now,
        EventStreams,
        { provide: Metrics, useValue: metrics },
        { provide: DIRECTORY, useValue: options.directory },
        { provide: COOKIE_SECURE, useValue: options.cookieSecure ?? false },
        { provide: PUBLIC_ORIGIN, useValue: options.publicUrl ?? null },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: WAIT_LIMIT_MS, useValue: waitLimitOf(options.waitLimitMs) },
        { provide: APP_INTERCEPTOR, useValue: new BodyInterceptor(limitsOf(options)) },
        { provide: APP_INTERCEPTOR, useClass: WaitInterceptor },
        { provide: APP_INTERCEPTOR, useClass: KnownAccountInterceptor },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
      ],
    };
  }
}

/** Our own page needs nothing but itself. */
const PAGE_SOURCES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};
const secured = (directives: Record<string, string[]>) =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    // Without TLS in front this header would lock browsers out; the proxy that adds TLS adds it.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });

async function build(options: ServerOptions, logger: Logger): Promise<NestExpressApplication> {
  const metrics = new Metrics(options.product);
  const limits = limitsOf(options);
  const app = await NestFactory.create<NestExpressApplication>(
    HttpModule.over(options, metrics, logger),
    new BoundedAdapter(limits),
    { bodyParser: false, logger: false },
  );
  app.disable('etag');
  app.disable('x-powered-by');
  app.set('trust proxy', [...(options.trustProxy ?? [])]);
  app.use(requestLog(logger, metrics), secured(PAGE_SOURCES), boundRequests(limits), boundArrival(limits));
  // The Swagger page brings a style element.
  app.use('/api/docs', secured({ ...PAGE_SOURCES, styleSrc: ["'self'", "'unsafe-inline'"] }));
  const portal = options.portal ?? builtPortal();
  if (portal !== undefined) app.use(servePortal(portal));
  // An answer of the API holds money and names: no cache may keep it without asking again.
  app.use(API, (_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Cache-Control', 'private, no-cache');
    next();
  });
  serveDocs(app, openApiOf(app));
  return app;
}

const toldTo = (logger: Logger) => (error: unknown) =>
  logger.error({ error: error instanceof Error ? error.message : String(error) }, 'jobs');

/** @see startServer */
export async function listen(options: ServerOptions): Promise<RunningServer> {
  const logger = options.logger ?? pino({ name: 'daicho' });
  await removeOldUploads(options.directory);
  const app = await build(options, logger);
  const host = options.host ?? '127.0.0.1';
  await app.listen(options.port, host);
  const server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  logger.info({ port }, 'listening');
  if (options.jobs) logger.info({ ...options.jobs, stopGraceMs: options.stopGraceMs }, 'doing jobs');
  const unwatchClock = watchClock(options.product, logger);
  const jobs = options.jobs && runJobs(options.product, { ...options.jobs, onError: toldTo(logger) });

  const stop = async (): Promise<void> => {
    const graceMs = options.stopGraceMs ?? DRAIN_MS;
    const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection that was busy when the stop began would stay open for its keep-alive time after its
    // answer.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    try {
      await Promise.all([app.close(), jobs?.stop(graceMs)]);
    } finally {
      clearTimeout(cutOff);
      clearInterval(sweep);
      unwatchClock();
      await options.product.close();
    }
  };
  let stopping: Promise<void> | undefined;
  return { url, close: () => (stopping ??= stop()) };
}
