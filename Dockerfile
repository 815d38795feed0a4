# glibc, not Alpine: the embedded PostgreSQL has no musl build.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY playground/package.json playground/
RUN npm ci
COPY . .
RUN npm run build

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data KEY_DIR=/keys
WORKDIR /app
COPY package.json package-lock.json ./
COPY playground/package.json playground/
RUN npm ci --omit=dev && mkdir /data /keys && chown node:node /data /keys && chmod 700 /keys
COPY --from=build /app/dist ./dist
USER node
VOLUME /data /keys
EXPOSE 3000
CMD ["node", "--max-old-space-size=512", "--max-semi-space-size=32", "dist/src/main.js"]
