@{
    # A module of its own, because PowerShell reads the types of a manifest before it runs the loader, and only the loader can say
    # that another copy is there already. Each build has it beside its assembly; the build adds the processor where there is one.
    ModuleVersion     = '1.0'
    GUID              = '5a1c1c0e-7a3e-4d0e-9d51-6f8f5b0d2a77'
    Author            = 'SsmAssociationTools contributors'
    TypesToProcess    = @('SsmAssociationTools.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    AliasesToExport   = @()
}
