namespace RLTuner.Studio.Jobs;

/// <summary>How a job stands.</summary>
internal enum JobStatus
{
    /// <summary>Until there is a thread for it.</summary>
    Waiting,

    /// <summary>At work; so it stands in the file too when the studio ends, and the next one goes on with it.</summary>
    Running,

    /// <summary>Asked to stop, and about to keep what was learned.</summary>
    Pausing,

    /// <summary>Stopped; it can go on.</summary>
    Paused,

    /// <summary>All of it done.</summary>
    Done,

    /// <summary>Ended by an error.</summary>
    Failed,
}
