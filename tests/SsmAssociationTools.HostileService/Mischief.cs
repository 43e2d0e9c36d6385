namespace SsmAssociationTools.HostileService;

/// <summary>What the service may do to its callers. Each can be turned on and off by its name.</summary>
public enum Mischief
{
    // How every answer shows what is stored, for the whole run.
    ViewDefaults,
    ViewAssociationId,
    ViewReordered,
    ViewWhiteSpace,
    ViewScheduleSpelling,
    ViewEmptyDropped,
    ViewMembersDropped,
    ViewRepeatedValues,
    ViewInstanceAsTarget,

    // What becomes of the parts of one answer.
    PartMissing,
    PartDoubled,
    PartDoubledForAnother,
    PartsNull,
    PartsAbsent,
    IdMissing,
    IdEmpty,
    RecordNull,
    ForeignRecord,
    OrderShuffled,
    FailedNull,
    FailedOdd,
    FailedForgotten,

    // Failures of single entries that did happen, or rather did not.
    EntryRefused,
    EntryThrottled,

    // What becomes of a whole call.
    Throttled,
    ServerErrorBefore,
    ServerErrorAfter,
    ServerErrorHalf,
    ResetBefore,
    ResetAfter,
    AnswerTruncated,
    AnswerGarbled,
    AnswerEmpty,
    AnswerHuge,
    AnswerGzip,
    AnswerChunked,
    AnswerTrickled,
    AnswerOldHttp,
    HtmlPage,
    BareError,
    Silent,
    LateActing,
    VeryLateActing,
    Redirect,
    RefusedCall,
    SizeLimited,
    AccessDenied,
    ExpiredToken,
    LimitReached,

    // Reads.
    ReadThrottled,
    ReadFails,
    ReadReset,
    ReadSilent,
    ReadRedirected,
    ListLags,
    ListRepeatsIds,
    ListShifts,
    TokenRepeats,
    ListEndless,
    ListShuffled,
    DescribeLags,
    DescribeNull,

    // Clocks.
    DateAbsent,
    DateGarbled,
    DateFirstYear,
    DateLastYear,
    DateOff,
    DateSteps,
    ClockSteps,
    MachineSkew,
    CreatedDateAbsent,

    // Retry-After.
    RetryAfterSeconds,
    RetryAfterDate,
    RetryAfterFarDate,
    RetryAfterHours,
    RetryAfterNegative,
    RetryAfterNotANumber,

    // Texts.
    SecretsInMessages,
    ChangedSecretsInMessages,
    ControlCharacters,

    // What stands between the two.
    ProxyRewrites,
    TokensExpire,

    // Updates and runs.
    OtherEditor,
    UpdateThrottled,
    ReachesNobody,
    ExecutionsLag,

    // What is said about executions.
    OverviewLags,
    OverviewWrong,
    OverviewStuck,
    OverviewAbsent,
    PagesShift,
    PagesRepeatItems,
    PagesRepeatToken,
    PagesEmpty,
    PagesNull,
    ExecutionsUnordered,
    ExecutionMembersAbsent,
    CountsSpelled,
    CountsAbsent,
    CountsGarbled,
    NewStatusWords,
    NewNodeWords,
    FiltersIgnored,
    DeletedMeanwhile,
    UpdatedMeanwhile,
    StartedMeanwhile,

    // Operations that the caller may not use at all.
    ListDenied,
    DescribeDenied,
    ExecutionsDenied,
    TargetsDenied,
    VersionsDenied,

    // Of single tests; no seed draws it.
    ListGhosts,
}
