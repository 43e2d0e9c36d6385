#!/usr/bin/env bash
# Runs the net472 build of the module on Mono and the net8.0 build on .NET with the same entries, schedules, files and calls,
# and compares what they say byte for byte.
#
# On demand only: Mono is not .NET Framework. Needs the .NET SDK, and of Debian the packages mono-runtime and mono-devel.
# Usage: build/mono-check/check.sh [file of further entries, one JSON object a line]...
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v mono >/dev/null || { echo 'Mono is missing: apt-get install mono-runtime mono-devel' >&2; exit 2; }
dotnet build build/mono-check --verbosity quiet --nologo

check="$PWD/out/mono-check"
dotnet "$check/net10.0/SsmAssociationTools.MonoCheck.dll" "$PWD" "$check/dotnet.txt" "$@"
mono "$check/net472/SsmAssociationTools.MonoCheck.exe" "$PWD" "$check/mono.txt" "$@"

diff --unified=0 "$check/dotnet.txt" "$check/mono.txt" | head -50
cmp "$check/dotnet.txt" "$check/mono.txt"
echo "$(mono --version | head -1)"
echo "$(grep -c -v '^   ' "$check/mono.txt") entries, files and calls, $(grep -c '^   ' "$check/mono.txt") problems: the same on both"
