@{
    # The one place where the version stands: the build reads it from here for every assembly and for the stage.
    ModuleVersion          = '0.2.0'
    GUID                   = '6f5b8f0e-3f0a-4f0b-9a53-0c6d1c1a7e52'
    Author                 = 'SsmAssociationTools contributors'
    CompanyName            = 'SsmAssociationTools contributors'
    Copyright              = '(c) SsmAssociationTools contributors. Licensed under Apache-2.0.'
    Description            = 'Creates AWS Systems Manager State Manager associations by the hundred or thousand: reads any pipeline object, checks the rules of the service before calling it, sends real batches with CreateAssociationBatch, and returns exactly one typed result for every input.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Core', 'Desktop')

    NestedModules          = @('bin/SsmAssociationTools.Loader.psm1')
    FormatsToProcess       = @('SsmAssociationTools.Format.ps1xml')

    CmdletsToExport        = @(
        'Compare-SsmAssociationEntry'
        'Export-SsmAssociationEntry'
        'Export-SsmAssociationReport'
        'Get-SsmAssociationEntry'
        'Get-SsmAssociationOutcome'
        'Get-SsmAssociationSchedule'
        'Import-SsmAssociationEntry'
        'New-SsmAssociationBatch'
        'New-SsmAssociationEntry'
        'Remove-SsmAssociationBatch'
        'Start-SsmAssociationBatch'
        'Start-SsmLocalEndpoint'
        'Stop-SsmLocalEndpoint'
        'Sync-SsmAssociationBatch'
        'Test-SsmAssociationEntry'
        'Update-SsmAssociationBatch'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('AWS', 'SSM', 'SystemsManager', 'StateManager', 'Association', 'Batch', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ProjectUri   = 'https://github.com/SsmAssociationTools/SsmAssociationTools'
            ReleaseNotes = 'https://github.com/SsmAssociationTools/SsmAssociationTools/blob/main/CHANGELOG.md'
        }
    }
}
