# One image for server, worker and command line; what a container is, its command says.
FROM node:24-bookworm-slim AS build
WORKDIR /app
# What is installed depends on these alone, so that a change of a source file does not install anew.
COPY package.json package-lock.json ./
COPY apps/cli/bin ./apps/cli/bin
COPY apps/portal/api/package.json ./apps/portal/api/
# No script of a package runs: the image brings its own Node, and nothing here is compiled.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY .swcrc tsconfig.json ./
COPY docs/reference/openapi.json ./docs/reference/
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
COPY test ./test
RUN npm run build && rm -rf dist/test && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    DAICHO_DATA=/data \
    DAICHO_HOST=0.0.0.0 \
    DAICHO_PORT=3000
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/apps/cli/bin ./apps/cli/bin
COPY --from=build --chown=root:root /app/dist ./dist
RUN mkdir /data && chown node:node /data
# The program cannot change itself: its files belong to root, it runs as somebody else.
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.DAICHO_PORT+'/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Node is the first process and handles SIGTERM itself; no shell stands between.
STOPSIGNAL SIGTERM
CMD ["node", "dist/apps/server/main.js"]
