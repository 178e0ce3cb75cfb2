# rltuner as an image: no root, nothing written but to volumes. docs/sweeps.md says how it is built and how a cluster runs it.
FROM debian:12-slim
# SHA-256 is taken by OpenSSL.
RUN apt-get update && apt-get install -y --no-install-recommends libssl3 && rm -rf /var/lib/apt/lists/*
COPY artifacts/image /app
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
ENTRYPOINT ["/app/RLTuner.Cli"]
