using System.Text;
using System.Text.RegularExpressions;
using RLTuner.Files;

namespace RLTuner.Sweeps;

/// <summary>The files that give a sweep to a cluster's own scheduler: an array of jobs, a run each.</summary>
internal static partial class ClusterFiles
{
    /// <summary>Seconds between the signal and the end: a window's end and the last figures take less.</summary>
    private const int SecondsToStop = 120;

    /// <summary>Writes both.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="plan">What it asks of clusters.</param>
    /// <param name="runs">How many runs there are.</param>
    public static void Write(string folder, SweepPlan plan, int runs)
    {
        OutputFolder.Make(Path.Combine(folder, "logs"));
        Save(Path.Combine(folder, "sweep.sbatch"), Slurm(Path.TrimEndingDirectorySeparator(folder), plan.Slurm, runs));
        Save(Path.Combine(folder, "job.yaml"), Kubernetes(plan.Kubernetes, runs));
    }

    /// <summary>Checks what goes into the files as it is.</summary>
    /// <exception cref="SweepFormatException">A text could be read as more than itself, or a number is not above 0.</exception>
    public static void Check(SweepPlan plan, string source)
    {
        (SlurmPlan slurm, KubernetesPlan kubernetes) = (plan.Slurm, plan.Kubernetes);
        (string Name, string? Text)[] texts =
        [
            ("slurm.time", slurm.Time), ("slurm.memory", slurm.Memory), ("slurm.partition", slurm.Partition), ("slurm.account", slurm.Account),
            ("slurm.container", slurm.Container), ("kubernetes.image", kubernetes.Image), ("kubernetes.memory", kubernetes.Memory), ("kubernetes.claim", kubernetes.Claim),
        ];
        if (texts.FirstOrDefault(text => text.Text is not null && !IsPlain().IsMatch(text.Text)) is { Name: { } name, Text: { } found })
        {
            throw new SweepFormatException(PlainText.Of($"{source}: {name}: expected letters, digits and -_.,:/@+ alone, found '{found}'"));
        }

        if (slurm.Jobs < 1 || kubernetes.Jobs < 1)
        {
            throw new SweepFormatException($"{source}: {(slurm.Jobs < 1 ? "slurm" : "kubernetes")}.jobs: expected a whole number above 0, found less");
        }
    }

    private static string Slurm(string folder, SlurmPlan asked, int runs)
    {
        StringBuilder lines = new();
        void Ask(string option, string? value) => _ = value is null ? lines : lines.Append($"#SBATCH --{option}={value}\n");
        string logs = ShellText.Quoted(Path.Combine(folder, "logs", "%a.log")), at = asked.Jobs is { } jobs ? FormattableString.Invariant($"%{jobs}") : "";
        Ask("job-name", "sweep");
        Ask("array", FormattableString.Invariant($"0-{runs - 1}{at}"));
        Ask("ntasks", "1");
        Ask("time", asked.Time);
        Ask("mem", asked.Memory);
        Ask("partition", asked.Partition);
        Ask("account", asked.Account);
        Ask("output", logs);
        string program = asked.Container is { } container ? $"apptainer exec {container} rltuner" : "rltuner";
        return $"""
            #!/bin/bash
            # A run of the sweep each. Submit from the folder where it was planned: sbatch {ShellText.Quoted(Path.Combine(folder, "sweep.sbatch"))}
            {lines}#SBATCH --open-mode=append
            #SBATCH --requeue
            #SBATCH --signal=TERM@{SecondsToStop}

            srun {program} sweep run {ShellText.Quoted(folder)} --only "$SLURM_ARRAY_TASK_ID" --jobs 1
            code=$?

            # Stopped by the signal before the time limit: 130 once it could save its state, 143 before. It goes on in another turn.
            if [ "$code" -eq 130 ] || [ "$code" -eq 143 ]; then
                # By both numbers: a job number alone may name the whole array.
                scontrol requeue "$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID"
            fi
            exit "$code"

            """.ReplaceLineEndings("\n");
    }

    private static string Kubernetes(KubernetesPlan asked, int runs) => FormattableString.Invariant($"""
        # A run of the sweep each: the claim's volume has the sweep's folder as its root, and is shared by all nodes.
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: sweep-
        spec:
          completionMode: Indexed
          completions: {runs}
          parallelism: {Math.Min(runs, asked.Jobs)}
          backoffLimitPerIndex: 3
          podReplacementPolicy: Failed
          podFailurePolicy:
            rules:
              # A node that goes away, or a stop with the state saved, is no failure of the run.
              - action: Ignore
                onPodConditions:
                  - type: DisruptionTarget
              - action: Ignore
                onExitCodes:
                  containerName: rltuner
                  operator: In
                  values: [130, 143]
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: {SecondsToStop}
              automountServiceAccountToken: false
              securityContext:
                runAsNonRoot: true
                runAsUser: 1654
                runAsGroup: 1654
                fsGroup: 1654
                seccompProfile:
                  type: RuntimeDefault
              containers:
                - name: rltuner
                  image: "{asked.Image}"
                  args: ["sweep", "run", "/sweep", "--only", "$(JOB_COMPLETION_INDEX)", "--jobs", "1"]
                  resources:
                    requests:
                      cpu: "1"
                      memory: "{asked.Memory}"
                    limits:
                      memory: "{asked.Memory}"
                  securityContext:
                    allowPrivilegeEscalation: false
                    readOnlyRootFilesystem: true
                    capabilities:
                      drop: ["ALL"]
                  volumeMounts:
                    - name: sweep
                      mountPath: /sweep
                    - name: tmp
                      mountPath: /tmp
              volumes:
                - name: sweep
                  persistentVolumeClaim:
                    claimName: "{asked.Claim}"
                - name: tmp
                  emptyDir: {"{}"}

        """).ReplaceLineEndings("\n");

    private static void Save(string path, string text) => AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("^[A-Za-z0-9._,:/@+-]+$")]
    private static partial Regex IsPlain();
}
