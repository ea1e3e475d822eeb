# syntax=docker/dockerfile:1
# One small image with one binary. Build it with `docker build -t mainstay .`

FROM rust:1.95-slim-bookworm AS build
# The image has the C compiler that SQLite and the cryptography need.
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package mainstay \
    && cp target/release/mainstay /usr/local/bin/mainstay

FROM debian:bookworm-slim
# Certificate authorities for databases over TLS, and fonts for names in any script on printed reports.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin mainstay \
    && install --directory --owner=mainstay --group=mainstay --mode=0700 /data
COPY --from=build /usr/local/bin/mainstay /usr/local/bin/mainstay
USER mainstay
ENV MAINSTAY_LISTEN=0.0.0.0:8080 \
    MAINSTAY_DATA=/data \
    MAINSTAY_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s CMD ["mainstay", "health"]
# The binary itself is process 1: it gets SIGTERM and lets what runs finish.
STOPSIGNAL SIGTERM
ENTRYPOINT ["mainstay"]
CMD ["serve"]
