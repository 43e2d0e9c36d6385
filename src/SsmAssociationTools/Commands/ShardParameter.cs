using System.Management.Automation;
using SsmAssociationTools.Commands.Output;
using SsmAssociationTools.Runs.Create;

namespace SsmAssociationTools.Commands;

/// <summary>Reads -Shard.</summary>
internal static class ShardParameter
{
    /// <summary>Reads the value.</summary>
    public static Shard? Read(PSCmdlet cmdlet, string? value)
    {
        if (value is null)
        {
            return null;
        }

        var shard = Shard.Parse(value);
        if (shard is null)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidParameter("Shard", value, $"'{value}' is no part of an input. Give its number and how many parts there are, such as 3/16: the third of sixteen parts."));
        }

        return shard;
    }
}
