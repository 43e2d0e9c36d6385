using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SsmAssociationTools.Completion;

/// <summary>Completes Region codes, by the beginning of the code or by a part of the Region's name. Asks nobody.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    /// <summary>
    /// The Regions that the AWS SDK of this module knows, without those of isolated partitions. Any other code is accepted
    /// all the same. A test compares the list with the SDK's.
    /// </summary>
    private static readonly string[][] s_regions =
    [
        ["af-south-1", "Africa (Cape Town)"],
        ["ap-east-1", "Asia Pacific (Hong Kong)"],
        ["ap-east-2", "Asia Pacific (Taipei)"],
        ["ap-northeast-1", "Asia Pacific (Tokyo)"],
        ["ap-northeast-2", "Asia Pacific (Seoul)"],
        ["ap-northeast-3", "Asia Pacific (Osaka)"],
        ["ap-south-1", "Asia Pacific (Mumbai)"],
        ["ap-south-2", "Asia Pacific (Hyderabad)"],
        ["ap-southeast-1", "Asia Pacific (Singapore)"],
        ["ap-southeast-2", "Asia Pacific (Sydney)"],
        ["ap-southeast-3", "Asia Pacific (Jakarta)"],
        ["ap-southeast-4", "Asia Pacific (Melbourne)"],
        ["ap-southeast-5", "Asia Pacific (Malaysia)"],
        ["ap-southeast-6", "Asia Pacific (New Zealand)"],
        ["ap-southeast-7", "Asia Pacific (Thailand)"],
        ["ca-central-1", "Canada (Central)"],
        ["ca-west-1", "Canada West (Calgary)"],
        ["cn-north-1", "China (Beijing)"],
        ["cn-northwest-1", "China (Ningxia)"],
        ["eu-central-1", "Europe (Frankfurt)"],
        ["eu-central-2", "Europe (Zurich)"],
        ["eu-north-1", "Europe (Stockholm)"],
        ["eu-south-1", "Europe (Milan)"],
        ["eu-south-2", "Europe (Spain)"],
        ["eu-west-1", "Europe (Ireland)"],
        ["eu-west-2", "Europe (London)"],
        ["eu-west-3", "Europe (Paris)"],
        ["eusc-de-east-1", "AWS European Sovereign Cloud (Germany)"],
        ["il-central-1", "Israel (Tel Aviv)"],
        ["me-central-1", "Middle East (UAE)"],
        ["me-south-1", "Middle East (Bahrain)"],
        ["me-west-1", "Middle East (Saudi Arabia)"],
        ["mx-central-1", "Mexico (Central)"],
        ["sa-east-1", "South America (Sao Paulo)"],
        ["sa-west-1", "South America (Chile)"],
        ["us-east-1", "US East (N. Virginia)"],
        ["us-east-2", "US East (Ohio)"],
        ["us-gov-east-1", "AWS GovCloud (US-East)"],
        ["us-gov-west-1", "AWS GovCloud (US-West)"],
        ["us-west-1", "US West (N. California)"],
        ["us-west-2", "US West (Oregon)"],
    ];

    /// <summary>The codes that are offered.</summary>
    public static IEnumerable<string> Codes
    {
        get
        {
            foreach (string[] region in s_regions)
            {
                yield return region[0];
            }
        }
    }

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        foreach (string[] region in s_regions)
        {
            if (region[0].StartsWith(word, StringComparison.OrdinalIgnoreCase) || region[1].IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                yield return new CompletionResult(region[0], region[0], CompletionResultType.ParameterValue, region[1]);
            }
        }
    }
}
