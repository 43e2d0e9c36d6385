using System;
using SsmAssociationTools.LocalEndpoint.Service;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>The endpoint's own verdict on schedules. Rows come from AWS's own samples and from messages of the service.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("cron(0/30 * * * ? *)")]
    [InlineData("cron(0 0/1 * * ? *)")]
    [InlineData("cron(0 0/12 * * ? *)")]
    [InlineData("cron(15 13 ? * * *)")]
    [InlineData("cron(15 13 ? * MON *)")]
    [InlineData("cron(30 23 ? * TUE#3 *)")]
    [InlineData("cron(30 23 ? * TUE#5 *)")]
    [InlineData("cron(0 0 ? * 3L *)")]
    [InlineData("cron(0 0 2 ? * SUN *)")]
    [InlineData("cron(0 */30 * * * ? *)")]
    [InlineData("cron(0 */1 * * ? *)")]
    [InlineData("cron(0 0 0/4 1/1 * ? *)")]
    [InlineData("cron(0 00 12 ? * SUN *)")]
    [InlineData("cron(0 0 0/8 ? * * *)")]
    [InlineData("rate(30 minutes)")]
    [InlineData("rate(1 hour)")]
    [InlineData("rate(30 days)")]
    [InlineData("rate(743 hours)")]
    [InlineData("rate(44639 minutes)")]
    [InlineData("at(2020-07-07T15:55:00)")]
    [InlineData("at(2020-07-07T15:55)")]
    public void What_the_service_supports_is_accepted(string expression)
    {
        new ScheduleCheck().Check(expression);
    }

    [Theory]
    [InlineData("rate(1 hours)", "is not a valid rate expression.")]
    [InlineData("rate(5 hour)", "is not a valid rate expression.")]
    [InlineData("rate(0 minutes)", "is not a valid rate expression.")]
    [InlineData("rate(-5 minutes)", "is not a valid rate expression.")]
    [InlineData("rate(30  minutes)", "is not a valid rate expression.")]
    [InlineData("rate(2 weeks)", "is not a valid rate expression.")]
    [InlineData("rate(99999999999 days)", "is not a valid rate expression.")]
    [InlineData("rate(29 minutes)", "Schedule expression rate(29 minutes) is not valid. Minimum interval for rate based association is 30 minutes.")]
    [InlineData("rate(1 minute)", "Minimum interval for rate based association is 30 minutes.")]
    [InlineData("rate(31 days)", "must be less than 31 days")]
    [InlineData("rate(744 hours)", "must be less than 31 days")]
    [InlineData("rate(999999999 days)", "must be less than 31 days")]
    [InlineData("every day", "Only schedule expressions of type rate, cron, and at are supported.")]
    [InlineData("", "Only schedule expressions of type rate, cron, and at are supported.")]
    [InlineData("cron(0 0 * * ? *) ", "Only schedule expressions of type rate, cron, and at are supported.")]
    [InlineData("cron(0 0 * * ? *)\n", "Only schedule expressions of type rate, cron, and at are supported.")]
    [InlineData("at(2020-02-30T00:00:00)", "Invalid schedule at DateTime expression")]
    [InlineData("at(2020-07-07T15:55:00Z)", "Invalid schedule at DateTime expression")]
    [InlineData("at(2020-07-07 15:55:00)", "Invalid schedule at DateTime expression")]
    [InlineData("cron(0 0 * * ?)", "is not a valid cron expression.")]
    [InlineData("cron(0  0 * * ? *)", "is not a valid cron expression.")]
    [InlineData("cron(0 0 0 0 * * ? *)", "is not a valid cron expression.")]
    [InlineData("cron(0 0 ? * TUE#6 *)", "is currently not accepted.")]
    [InlineData("cron(0 0 ? * MON-FRI *)", "is currently not accepted.")]
    [InlineData("cron(0 0 ? * MON,WED *)", "is currently not accepted.")]
    [InlineData("cron(0 0/3 * * ? *)", "is currently not accepted.")]
    [InlineData("cron(0/15 * * * ? *)", "is currently not accepted.")]
    [InlineData("cron(0 0 1 * ? *)", "is currently not accepted.")]
    [InlineData("cron(0 0 ? 5 MON *)", "is currently not accepted.")]
    [InlineData("cron(0 0 ? * MON 2027)", "is currently not accepted.")]
    [InlineData("cron(0 0 * * * *)", "is currently not accepted.")]
    [InlineData("cron(0 0 ? * ? *)", "is currently not accepted.")]
    [InlineData("cron(0 0 * * MON *)", "is currently not accepted.")]
    [InlineData("cron(0 0/4 ? * MON *)", "is currently not accepted.")]
    [InlineData("cron(24 30 09 ? * * *)", "is currently not accepted.")]
    [InlineData("cron(60 0 * * ? *)", "is currently not accepted.")]
    [InlineData("cron(0 24 * * ? *)", "is currently not accepted.")]
    public void The_rest_is_refused_in_the_words_of_the_service(string expression, string text)
    {
        ServiceException error = Assert.Throws<ServiceException>(() => new ScheduleCheck().Check(expression));

        Assert.Equal("InvalidSchedule", error.Code);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
