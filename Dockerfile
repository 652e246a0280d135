# Two stages: what builds stays behind. Node's LTS line in both.
FROM node:26-slim AS build
WORKDIR /motorpool
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma prisma
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /motorpool
COPY --from=build /motorpool/package.json ./
COPY --from=build /motorpool/node_modules node_modules
COPY --from=build /motorpool/prisma/migrations prisma/migrations
COPY --from=build /motorpool/dist dist
# What the doctor holds the Slack token's scopes against.
COPY manifests/slack manifests/slack
USER node
EXPOSE 3000
# A process that ends with 1 is to be started again: run it with a restart policy.
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
