# rltuner as an image: no root, nothing written but to volumes. docs/sweeps.md says how a cluster runs it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/RLTuner.Cli -c Release --output /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /app /app
USER 1654:1654
ENV DOTNET_EnableDiagnostics=0
ENTRYPOINT ["dotnet", "/app/RLTuner.Cli.dll"]
