namespace RLTuner.Sweeps;

/// <summary>What a sweep asks of a Slurm cluster for each run; null leaves it to the cluster.</summary>
internal sealed record SlurmPlan
{
    /// <summary>The longest that a run works at a time, as Slurm writes it: <c>04:00:00</c>. What is not done by then goes on in another turn.</summary>
    public string? Time { get; set; }

    /// <summary>Memory, as Slurm writes it: <c>1G</c>.</summary>
    public string? Memory { get; set; }

    /// <summary>The partition.</summary>
    public string? Partition { get; set; }

    /// <summary>The account.</summary>
    public string? Account { get; set; }

    /// <summary>How many run at a time.</summary>
    public int? Jobs { get; set; }

    /// <summary>The container that has <c>rltuner</c>, a file or an address that Apptainer takes.</summary>
    public string? Container { get; set; }
}

/// <summary>What a sweep asks of a Kubernetes cluster for each run.</summary>
internal sealed record KubernetesPlan
{
    /// <summary>The image that has <c>rltuner</c>.</summary>
    public string Image { get; set; } = "rltuner";

    /// <summary>Memory, as Kubernetes writes it.</summary>
    public string Memory { get; set; } = "1Gi";

    /// <summary>The claim of the volume that holds the sweep's folder.</summary>
    public string Claim { get; set; } = "sweep";

    /// <summary>How many run at a time.</summary>
    public int Jobs { get; set; } = 100;
}
