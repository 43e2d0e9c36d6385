using System;
using System.Management.Automation;

namespace SsmAssociationTools.Input;

/// <summary>
/// Lets a parameter take a whole number in every form in which entries take it. Blank text, as in an empty cell of a CSV
/// row, is no value: PowerShell alone makes 0 of it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        SingleValue.Read(inputData, static (reader, value) => reader.Number(value));
}
