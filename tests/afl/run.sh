#!/usr/bin/env bash
# Fuzzes one reader under afl++, which looks for inputs that take new ways through the code. What crashes it or hangs becomes a seed of
# FuzzTests. Needs afl-fuzz (Debian: afl++); SharpFuzz, which lets it see .NET code, is fetched.
#     tests/afl/run.sh TARGET [SECONDS]        such as: tests/afl/run.sh MIDI 600
set -euo pipefail
target=${1:?"a target, as FuzzTargets.Names has it, such as MIDI"}
seconds=${2:-600}
root=$(cd "$(dirname "$0")/../.." && pwd)
name=${target// /-}
work=$root/artifacts/afl/$name
export DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

rm -rf "$work"
mkdir -p "$work"
dotnet build -c Release -v quiet "$root/tests/afl" -o "$work/bin"
[ -x "$root/artifacts/afl/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$root/artifacts/afl/tools"

# Before the code is changed so that afl-fuzz sees it, for changed code runs under afl-fuzz alone.
dotnet "$work/bin/RLTuner.Afl.dll" "$target" seeds "$work/seeds"
for library in RLTuner RLTuner.TensorFlow RLTuner.Onnx; do
    "$root/artifacts/afl/tools/sharpfuzz" "$work/bin/$library.dll"
done

# A reader has a second; on a busy machine more.
AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_FORKSRV_INIT_TMOUT=60000 \
    afl-fuzz -i "$work/seeds" -o "$work/out" -m none -t 5000 -V "$seconds" -- dotnet "$work/bin/RLTuner.Afl.dll" "$target" > "$work/log"
grep -E 'execs_done|saved_crashes|saved_hangs|edges_found' "$work/out/default/fuzzer_stats"

found=$root/tests/RLTuner.TensorFlow.Tests/Fuzz/Found/$name
for file in "$work"/out/default/crashes/id* "$work"/out/default/hangs/id*; do
    [ -f "$file" ] || continue
    mkdir -p "$found"
    cp "$file" "$found/$(sha256sum "$file" | cut -c1-16)"
    echo "new seed: $found/$(sha256sum "$file" | cut -c1-16)"
done
