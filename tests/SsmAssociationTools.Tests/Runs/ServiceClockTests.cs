using System;
using SsmAssociationTools.Runs;
using SsmAssociationTools.Tests.Runs.Create;
using Xunit;

namespace SsmAssociationTools.Tests.Runs;

/// <summary>What is said of an association where the run that sent its entry was killed, and only the journal knows its times.</summary>
public sealed class ServiceClockTests
{
    private readonly JumpingClock _clock = new();
    private readonly ServiceClock _service;

    public ServiceClockTests()
    {
        _service = new ServiceClock(_clock);
        _clock.Pass(TimeSpan.FromMinutes(1));
        DateTime now = _clock.UtcNow;
        _service.ObserveRecord(now, now, _clock.Uptime, _clock.Uptime);
        _service.Observe(now, _clock.Uptime);
    }

    [Theory]
    [InlineData(0, -600, false)]
    [InlineData(0, 1, true)]
    [InlineData(-120, -600, null)]
    [InlineData(120, 1, null)]
    [InlineData(120, -600, null)]
    public void Clocks_that_were_far_apart_when_it_was_sent_leave_in_doubt_what_lies_between_them(int minutesAhead, int createdAfterSeconds, bool? expected)
    {
        DateTime sentAt = _clock.UtcNow - TimeSpan.FromSeconds(30);
        var sent = new SentTime(sentAt, null, sentAt + TimeSpan.FromMinutes(minutesAhead));

        Assert.Equal(expected, _service.IsSince(sentAt + TimeSpan.FromSeconds(createdAfterSeconds), sent));
    }
}
