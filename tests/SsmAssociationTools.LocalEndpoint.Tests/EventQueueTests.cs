using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.LocalEndpoint.Simulation;
using Xunit;

namespace SsmAssociationTools.LocalEndpoint.Tests;

/// <summary>What is due comes in order, whatever was added, taken and swept out before.</summary>
public sealed class EventQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Events_come_in_order_of_time_and_then_of_addition(int seed)
    {
        var random = new Random(seed);
        var queue = new EventQueue<int>();
        List<(DateTime Time, int Item)> expected = [];
        for (int i = 0; i < 5000; i++)
        {
            switch (random.Next(10))
            {
                case < 6:
                    DateTime time = new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(100));
                    queue.Add(time, i);
                    expected.Add((time, i));
                    break;
                case < 9 when expected.Count > 0:
                    (DateTime Time, int Item) first = expected.OrderBy(one => one.Time).First();
                    expected.Remove(first);
                    Assert.Equal(first.Time.Ticks, queue.Earliest);
                    Assert.Equal(first.Item, queue.Take());
                    break;
                case 9 when i % 7 == 0:
                    queue.RemoveAll(item => item % 3 == 0);
                    expected.RemoveAll(one => one.Item % 3 == 0);
                    break;
            }

            Assert.Equal(expected.Count, queue.Count);
        }

        Assert.Equal(expected.OrderBy(one => one.Time).Select(one => one.Item), Enumerable.Range(0, queue.Count).Select(_ => queue.Take()).ToArray());
    }
}
