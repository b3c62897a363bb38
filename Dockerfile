# Image of the server and the ingestor in compose.yaml: Node, ffmpeg, OpenImageIO and this checkout.
FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg openimageio-tools \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN node scripts/setup.mjs && node_modules/node/bin/node launch/src/web-build.ts
