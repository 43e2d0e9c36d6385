#!/usr/bin/env bash
# Runs the specs of tests/Pester in PowerShell for Windows, under Wine, with .NET and PowerShell from NuGet packages.
#
# On demand only: Wine is not Windows, and a failure here may be one of Wine. Needs the .NET SDK, and of Debian the packages
# wine, wine64 and bsdutils. The first run downloads 150 MB. Usage: build/windows-check/check.sh [version of Pester]...
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v wine >/dev/null || { echo 'Wine is missing: apt-get install wine wine64' >&2; exit 2; }

dotnet build build/Stage --verbosity quiet --nologo -target:Package
dotnet build build/windows-check --verbosity quiet --nologo

check="$PWD/out/windows-check"
windows() { echo "Z:${1//\//\\}"; }

# A Windows of its own, whose user has nothing that matters: the specs may install the module there.
export WINEPREFIX="$check/prefix" WINEDEBUG=-all SSMASSOCIATIONTOOLS_THROWAWAY_HOME=1
rm -rf "$WINEPREFIX"
wine winecfg /v win10 2>/dev/null
trap 'wineserver64 --kill 2>/dev/null || /usr/lib/wine/wineserver64 --kill || true' EXIT

DOTNET_ROOT=$(windows "$check/dotnet")
export DOTNET_ROOT NO_COLOR=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
# Wine's memory protection and that of .NET do not go together.
export DOTNET_EnableWriteXorExecute=0

status=0
for version in ${@:-$(ls "$check/pester")}; do
    result="$check/pester-$version.txt"
    rm -f "$result"
    # Without a terminal pwsh.exe ends at once under Wine.
    script --quiet --return --command "wine '$check/powershell/pwsh.exe' -NoProfile -NonInteractive -ExecutionPolicy Bypass \
        -File '$(windows "$PWD/build/windows-check/Invoke-Check.ps1")' -Pester '$(windows "$check/pester/$version/tools/Pester.psd1")' \
        -Specs '$(windows "$PWD/tests/Pester")' -Result '$(windows "$result")'" "$check/pester-$version.log" >/dev/null || status=1
    cat "$result" 2>/dev/null || { echo "Pester $version did not come to its end; see $check/pester-$version.log" >&2; status=1; }
done
exit $status
