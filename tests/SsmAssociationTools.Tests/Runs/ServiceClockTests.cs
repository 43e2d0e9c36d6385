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
    }

    /// <summary>When the killed run sent it, by a clock that is right.</summary>
    private DateTime SentAt { get; } = new JumpingClock().UtcNow + TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, -600, false)]
    [InlineData(0, -1.3, null)]
    [InlineData(0, 1, true)]
    [InlineData(-120, -600, null)]
    [InlineData(-120, -1.3, null)]
    [InlineData(-120, 1, true)]
    [InlineData(120, 1, null)]
    [InlineData(120, -600, null)]
    public void Clocks_that_were_far_apart_when_it_was_sent_leave_in_doubt_what_lies_between_them(int minutesAhead, double createdAfter, bool? expected)
    {
        See(answersAhead: 0);

        Assert.Equal(expected, IsSince(createdAfter, new SentTime(SentAt, null, SentAt + TimeSpan.FromMinutes(minutesAhead))));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    [InlineData(-30)]
    [InlineData(-600)]
    public void Where_answers_are_dated_beside_records_nothing_of_the_killed_run_counts_as_older_and_nothing_older_as_its_own(int answersAhead)
    {
        See(answersAhead);
        var sent = new SentTime(SentAt, null, SentAt + TimeSpan.FromSeconds(answersAhead));

        Assert.NotEqual(false, IsSince(0.5, sent));
        Assert.NotEqual(true, IsSince(-1.3, sent));
        Assert.NotEqual(true, IsSince(-20, sent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(7200)]
    [InlineData(-7200)]
    public void Once_the_killed_run_had_seen_the_date_of_a_record_all_is_told_apart(int answersAhead)
    {
        See(answersAhead);
        var sent = new SentTime(SentAt - TimeSpan.FromDays(1), null, SentAt + TimeSpan.FromSeconds(answersAhead), SentAt);

        Assert.True(IsSince(0.1, sent));
        Assert.Null(IsSince(-1.3, sent));
        Assert.False(IsSince(-20, sent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-600)]
    [InlineData(600)]
    public void Without_a_date_of_the_service_this_machines_clock_is_taken_to_be_as_wrong_as_it_is_now(int localAhead)
    {
        _clock.Set(TimeSpan.FromSeconds(localAhead));
        See(answersAhead: 0);
        var sent = new SentTime(SentAt + TimeSpan.FromSeconds(localAhead), null, null);

        Assert.NotEqual(false, IsSince(0.5, sent));
        Assert.NotEqual(true, IsSince(-1.3, sent));
        Assert.NotEqual(true, IsSince(-300, sent));
    }

    [Fact]
    public void What_is_sent_is_marked_with_the_time_of_the_clock_that_dates_records_once_it_is_known()
    {
        Assert.Equal((null, null), (_service.Mark().ServiceTime, _service.Mark().RecordTime));

        DateTime records = new JumpingClock().UtcNow + _clock.Uptime;
        _service.Observe(records + TimeSpan.FromMinutes(10), _clock.Uptime);
        Assert.Equal((records + TimeSpan.FromMinutes(10), null), (_service.Mark().ServiceTime, _service.Mark().RecordTime));

        See(answersAhead: 600);
        _clock.Set(TimeSpan.FromHours(1));
        _clock.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(records + TimeSpan.FromMinutes(1), _service.Mark().RecordTime);
    }

    [Fact]
    public void A_slow_answer_takes_nothing_from_what_a_quick_one_told_of_the_clock_that_dates_records()
    {
        See(answersAhead: 0);
        SentTime sent = _service.Mark();
        DateTime now = new JumpingClock().UtcNow + _clock.Uptime;
        TimeSpan started = _clock.Uptime;
        _clock.Pass(TimeSpan.FromSeconds(20));
        _service.ObserveRecord(now + TimeSpan.FromSeconds(20), now, started, _clock.Uptime);

        Assert.True(_service.IsSince(now + TimeSpan.FromSeconds(0.1), sent));
        Assert.Null(_service.IsSince(now - TimeSpan.FromSeconds(5), sent));
    }

    /// <summary>Of two records one is dated after now: then the other, which lies between the answers' time and now, may be older than the sending.</summary>
    [Fact]
    public void Where_a_record_that_is_read_is_dated_after_now_nothing_older_counts_as_its_own_until_one_tells_the_difference()
    {
        DateTime records = new JumpingClock().UtcNow + _clock.Uptime;
        _service.Observe(records - TimeSpan.FromSeconds(30), _clock.Uptime);
        SentTime sent = _service.Mark();
        _clock.Pass(TimeSpan.FromSeconds(10));

        _service.ObserveRead(records + TimeSpan.FromSeconds(1));
        Assert.NotEqual(true, _service.IsSince(records - TimeSpan.FromSeconds(15), sent));
        Assert.NotEqual(false, _service.IsSince(records + TimeSpan.FromSeconds(1), sent));

        See(answersAhead: -30);
        Assert.NotEqual(true, _service.IsSince(records - TimeSpan.FromSeconds(15), sent));
        Assert.True(_service.IsSince(records + TimeSpan.FromSeconds(1), sent));
    }

    /// <summary>A machine between the two may date the answers, and be set: what dates the records knows nothing of it.</summary>
    [Theory]
    [InlineData(0, 30)]
    [InlineData(0, 7200)]
    [InlineData(630, 660)]
    [InlineData(0, -30)]
    [InlineData(0, -7200)]
    [InlineData(630, 600)]
    public void Where_answers_are_set_alone_nothing_sent_after_that_counts_as_older_and_nothing_older_as_its_own(int ahead, int then)
    {
        See(ahead);
        _clock.Pass(TimeSpan.FromMinutes(10));
        DateTime records = new JumpingClock().UtcNow + _clock.Uptime;
        _service.Observe(records + TimeSpan.FromSeconds(then), _clock.Uptime);
        SentTime sent = _service.Mark();

        Assert.NotEqual(false, _service.IsSince(records + TimeSpan.FromSeconds(0.1), sent));
        Assert.NotEqual(true, _service.IsSince(records - TimeSpan.FromSeconds(15), sent));
        Assert.NotEqual(true, _service.IsSince(records - TimeSpan.FromMinutes(5), sent));
    }

    /// <summary>The next run creates something, and sees its date.</summary>
    private void See(int answersAhead)
    {
        DateTime records = new JumpingClock().UtcNow + _clock.Uptime;
        DateTime answers = records + TimeSpan.FromSeconds(answersAhead);
        _service.Observe(answers, _clock.Uptime);
        _service.ObserveRecord(answers, records, _clock.Uptime, _clock.Uptime);
    }

    private bool? IsSince(double createdAfter, SentTime sent) => _service.IsSince(SentAt + TimeSpan.FromSeconds(createdAfter), sent);
}
