#!/usr/bin/env bash
# Makes rltuner a native program for this machine's processor, says how large it is and how fast it starts, and has it do each job beside the
# ordinary build: the same melodies, figures and weights. Takes some minutes. Needs gcc or clang, and zlib's headers (Debian: zlib1g-dev).
#   bench/native.sh [FOLDER]      keeps the program in FOLDER
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=${1:-$work/native}

# Without IlcInstructionSet kernels get no registers wider than every processor has, and are many times slower.
dotnet publish "$root/src/RLTuner.Cli" -c Release -v quiet -o "$out" --use-current-runtime -p:PublishAot=true -p:IlcInstructionSet=native
dotnet build "$root/src/RLTuner.Cli" -c Release -v quiet
native=$(cd "$out" && pwd)/RLTuner.Cli
ordinary=(dotnet "$root/src/RLTuner.Cli/bin/Release/net10.0/RLTuner.Cli.dll")

start_of() {
    local from=$(date +%s%N)
    for _ in {1..20}; do "$@" --version > "$work/version"; done
    echo "$((($(date +%s%N) - from) / 20000000)) ms"
}
echo "size: $(du -h --apparent-size "$native" | cut -f 1)"
echo "start: native $(start_of "$native"), ordinary $(start_of "${ordinary[@]}")"

jobs_of() {
    local folder=$1
    shift
    mkdir "$folder"
    cd "$folder"
    "$@" compose --count 10 --output melodies > composed
    "$@" evaluate --input melodies/melody-01.mid > evaluated
    "$@" predict melodies/melody-01.mid > predicted
    "$@" explain melodies/melody-01.mid > explained
    "$@" tune --training-steps 20000 --output-dir run --quiet > tuned
    "$@" report run > reported
}
(jobs_of "$work/a" "$native")
(jobs_of "$work/b" "${ordinary[@]}")
for same in composed evaluated predicted explained melodies run/checkpoints run/melodies; do
    diff -r "$work/a/$same" "$work/b/$same"
done
test -s "$work/a/run/report.html"
echo "both builds: the same melodies, figures and weights"
