using System;
using System.Collections.Generic;
using System.Linq;
using SsmAssociationTools.LocalEndpoint.Data;
using SsmAssociationTools.LocalEndpoint.Model;
using SsmAssociationTools.LocalEndpoint.Simulation;
using SsmAssociationTools.Rehearsal;

namespace SsmAssociationTools.LocalEndpoint.Service;

/// <summary>
/// The account-Regions of an endpoint: each has associations and a limit of its own, as with the service. One endpoint
/// answers for all of them; a call's signature says which one it is for. Safe for concurrent use.
/// </summary>
internal sealed class AccountRegions : IDisposable
{
    private readonly object _gate = new();
    private readonly ApiModel _model;
    private readonly Inventory _inventory;
    private readonly LocalEndpointOptions _options;
    private readonly ServiceClock _clock;
    private readonly int _seed;
    private readonly List<(AssociationStore Store, Simulator Simulator)> _simulators = [];
    private readonly Dictionary<(string Account, string Region), (AssociationStore Store, AssociationService Service)> _services = [];

    /// <summary>Opens the account-Region that the options name; the others follow when they are called.</summary>
    /// <param name="model">The API model.</param>
    /// <param name="inventory">What exists around the associations of the options' account and Region.</param>
    /// <param name="options">The endpoint's options.</param>
    /// <param name="clock">The time.</param>
    /// <param name="seed">Seed of the ids.</param>
    /// <exception cref="LocalEndpointException">The state file cannot be opened.</exception>
    public AccountRegions(ApiModel model, Inventory inventory, LocalEndpointOptions options, ServiceClock clock, int seed)
    {
        _model = model;
        _inventory = inventory;
        _options = options;
        _clock = clock;
        _seed = seed;
        Of(options.AccountId, options.Region);
    }

    /// <summary>How many associations exist in all of them.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _services.Values.Sum(static one =>
                {
                    lock (one.Store.Gate)
                    {
                        return one.Store.Count;
                    }
                });
            }
        }
    }

    /// <summary>The operations of an account-Region.</summary>
    /// <param name="account">Account, 12 digits.</param>
    /// <param name="region">Region code.</param>
    /// <returns>The operations.</returns>
    /// <exception cref="LocalEndpointException">Its state file cannot be opened.</exception>
    public AssociationService Of(string account, string region)
    {
        lock (_gate)
        {
            if (!_services.TryGetValue((account, region), out (AssociationStore Store, AssociationService Service) found))
            {
                bool isHome = account == _options.AccountId && region == _options.Region;
                Inventory inventory = isHome ? _inventory : _inventory.In(region, account);
                string? path = isHome || _options.StatePath is null ? _options.StatePath : $"{_options.StatePath}.{account}.{region}";
                var reader = new DescriptionReader(inventory);
                var store = new AssociationStore(path, reader, _options.Keep);
                int seed = isHome ? _seed : _seed ^ StableHash(account + "/" + region);
                var simulator = new Simulator(inventory, _clock, seed);
                store.Removed = simulator.Deleted;
                foreach (StoredAssociation association in store.All)
                {
                    simulator.Load(association);
                }

                _simulators.Add((store, simulator));
                found = (store, new AssociationService(_model, inventory, store, reader, simulator, _options, _clock, seed));
                _services.Add((account, region), found);
            }

            return found.Service;
        }
    }

    /// <summary>Lets happen what is due in all of them.</summary>
    public void CatchUp() => ForAll(static simulator => simulator.CatchUp());

    /// <summary>Changes a node in all of them.</summary>
    /// <param name="id">The node.</param>
    /// <param name="change">Makes the set of nodes that holds from now on.</param>
    public void ChangeNode(string id, Func<NodeDirectory, NodeDirectory> change)
    {
        lock (_gate)
        {
            CatchUp();
            _inventory.ChangeNodes(change);
            ForAll(simulator => simulator.ChangeNode(id));
        }
    }

    private void ForAll(Action<Simulator> act)
    {
        lock (_gate)
        {
            foreach ((AssociationStore store, Simulator simulator) in _simulators)
            {
                lock (store.Gate)
                {
                    act(simulator);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach ((AssociationStore store, _) in _services.Values)
            {
                store.Dispose();
            }
        }
    }

    /// <summary>The same in every process, so that a seed gives the same ids again.</summary>
    private static int StableHash(string text) => text.Aggregate(17, static (hash, c) => unchecked((hash * 31) + c));
}
