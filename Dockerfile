# syntax=docker/dockerfile:1

FROM node:24-slim AS base
WORKDIR /latchkey
COPY package.json package-lock.json .npmrc ./

# What the server needs to run. The image's own Node runs it: the `node` package stays out.
FROM base AS packages
RUN npm ci --omit=dev

FROM base AS build
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /latchkey
RUN install -d -o node -g node -m 700 /data
COPY . .
COPY --from=packages /latchkey/node_modules ./node_modules
COPY --from=build /latchkey/build ./build

# The program belongs to root and is read-only to whoever runs it; only /data can be written.
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`, { redirect: 'manual' }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "app/server/start.js"]
