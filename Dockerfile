# Another registry or a base of your own: docker build --build-arg BASE=... .
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
ENV NODE_COMPILE_CACHE=/app/.compile-cache
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY src src
COPY adapters adapters
COPY config config
# Loads the program once, so that its compiled form is in the image.
RUN node src/main.ts print-config > /dev/null

FROM ${BASE}
WORKDIR /app
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    NEWSHOUND_DATA=/data \
    HOST=0.0.0.0
RUN id node > /dev/null 2>&1 || useradd --create-home --uid 1000 node; \
    mkdir -p /data && chown node:node /data
COPY --from=build --chown=node:node /app /app
USER node
VOLUME /data
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s CMD ["node", "src/main.ts", "healthcheck"]
CMD ["node", "src/main.ts", "start"]
