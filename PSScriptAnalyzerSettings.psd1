@{
    # Every rule of PSScriptAnalyzer holds for the scripts of this repository; tests/Pester has settings of its own, for what
    # Pester does with variables. ./build.ps1 Analyze runs them where PSScriptAnalyzer is installed.
    IncludeDefaultRules = $true
    Severity            = @('Error', 'Warning', 'Information')
    Rules               = @{
        # The one hands its arguments on to dotnet, the other is a line of a long list.
        PSAvoidUsingPositionalParameters = @{ CommandAllowList = @('Invoke-Dotnet', 'Compare-Text') }
        PSPlaceOpenBrace                 = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSUseConsistentIndentation       = @{ Enable = $true; IndentationSize = 4; Kind = 'space'; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
    }
}
