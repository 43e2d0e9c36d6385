using System;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>
/// Lets a parameter take true or false in every form in which entries take it, as a CSV row has it: PowerShell alone
/// refuses the text 'false' for a Boolean parameter. Blank text is no value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FlagTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData as PSObject)?.BaseObject is SwitchParameter wrapped ? wrapped.IsPresent
        : inputData is SwitchParameter given ? given.IsPresent
        : SingleValue.Read(inputData, static (reader, value) => reader.Flag(value));
}
