using k8s;
using k8s.Models;
using RLTuner.Runs;
using RLTuner.Sweeps;
using RLTuner.Tests.Tuning;

namespace RLTuner.Tests.Sweeps;

/// <summary>A plan means its runs, each under its name, and a wrong one is refused where it is wrong.</summary>
public sealed class SweepPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Grid_by_draws_less_excluded_and_with_included_each_with_every_seed()
    {
        PlannedRuns planned = Expand("""
            {
              "base": { "preset": "paper", "training-steps": 3000 },
              "grid": { "algorithm": ["q", "g"], "reward-scaler": [0.5, 1, 2.0] },
              "exclude": [ { "algorithm": "g", "reward-scaler": 2 } ],
              "include": [ { "algorithm": "pg", "target-kl": 6, "rules.leap": 0 } ],
              "seeds": [1, 7]
            }
            """);
        Assert.Equal(
            [
                "algorithm=q,reward-scaler=0.5,seed=1", "algorithm=q,reward-scaler=0.5,seed=7", "algorithm=q,reward-scaler=1,seed=1", "algorithm=q,reward-scaler=1,seed=7",
                "algorithm=q,reward-scaler=2,seed=1", "algorithm=q,reward-scaler=2,seed=7", "algorithm=g,reward-scaler=0.5,seed=1", "algorithm=g,reward-scaler=0.5,seed=7",
                "algorithm=g,reward-scaler=1,seed=1", "algorithm=g,reward-scaler=1,seed=7", "algorithm=pg,target-kl=6,rules.leap=0,seed=1",
                "algorithm=pg,target-kl=6,rules.leap=0,seed=7",
            ],
            planned.Runs.Select(run => run.Name));
        Assert.All(planned.Runs, run => Assert.Equal(3000, run.Plan.TrainingSteps));
        RunPlan second = planned.Runs[1].Plan, last = planned.Runs[^1].Plan;
        Assert.Equal(("q", 0.5, 7ul), (second.Learner.Algorithm, second.Reward.RewardScaler, second.Seed));
        Assert.Equal(("pg", 0, 1), (last.Learner.Algorithm, last.Theory.Rules["leap"], last.Theory.Rules["key"]));
        Assert.Equal([RunPlan.HashOf(SmallRuns.Net())], planned.Nets.Keys);
    }

    [Fact]
    public void A_plan_of_nothing_is_one_run_by_the_defaults_of_tune()
    {
        PlannedRun run = Assert.Single(Expand("{}").Runs);
        RunPlan usual = RunPlans.Create(new RunRequest(
            SmallRuns.Net(), "shipped", RLTuner.Rewards.Theory.Of(RunPresets.RulesOf(RunPreset.Musical), RLTuner.Rewards.RewardMode.MusicTheoryAll, RLTuner.Music.Key.CMajor, RLTuner.Music.TimeSignature.CommonTime)));
        Assert.Equal("seed=1", run.Name);
        Assert.Equal(RunLines.HashOf(usual), RunLines.HashOf(run.Plan));
    }

    [Fact]
    public void Draws_lie_in_their_range_and_more_of_them_change_none()
    {
        const string Form = """{{"draws":{{"count":{0},"seed":{1},"ranges":{{{2}}}}}}}""";
        const string Rate = "\"learning-rate\":{\"from\":1e-5,\"to\":1e-2,\"scale\":\"log\"}";
        double[] few = Rates(200, 1, Rate), more = Rates(400, 1, Rate), beside = Rates(200, 1, "\"target-kl\":{\"from\":2,\"to\":9}," + Rate);
        Assert.Equal(few, more[..200]);
        Assert.Equal(few, beside);
        Assert.NotEqual(few, Rates(200, 2, Rate));
        Assert.All(few, rate => Assert.InRange(rate, 1e-5, 1e-2));

        // Each of the three powers of ten has about a third: 400 x 1/3 = 133, with a standard deviation of 9.4.
        Assert.All([1e-5, 1e-4, 1e-3], least => Assert.InRange(more.Count(rate => rate >= least && rate < least * 10), 133 - 38, 133 + 38));

        double[] Rates(int count, int seed, string ranges) =>
        [
            .. Expand(string.Format(System.Globalization.CultureInfo.InvariantCulture, Form, count, seed, ranges)).Runs
                .Select(run => (double)((RLTuner.Learning.PolicyGradient.PgOptions)run.Plan.Learner).LearningRate),
        ];
    }

    [Theory]
    [InlineData("""{"gird":{}}""", "line 1", "gird")]
    [InlineData("""{"grid":{"reward-scaler":1}}""", "line 1", "grid")]
    [InlineData("""{"seeds":[1,1]}""", "seeds", "once")]
    [InlineData("""{"seeds":[]}""", "seeds", "none")]
    [InlineData("""{"seeds":[-1]}""", "line 1", "seeds")]
    [InlineData("""{"grid":{"reward-scalar":[1]}}""", "grid.reward-scalar[0]", "found 'reward-scalar'")]
    [InlineData("""{"grid":{"discount":[0.5, 1.5]}}""", "grid.discount[1]", "found '1.5'")]
    [InlineData("""{"grid":{"discount":[0.5, "0.50"]}}""", "grid.discount", "once")]
    [InlineData("""{"grid":{"discount":[]}}""", "grid.discount", "none")]
    [InlineData("""{"grid":{"seed":[1]}}""", "grid.seed[0]", "\"seeds\"")]
    [InlineData("""{"grid":{"key":["H major"]}}""", "grid.key[0]", "H major")]
    [InlineData("""{"base":{"algorithm":"r"}}""", "base.algorithm", "found 'r'")]
    [InlineData("""{"base":{"algorithm":"q","target-kl":6}}""", "seed=1", "target-kl")]
    [InlineData("""{"base":{"rules.jump":1}}""", "seed=1", "jump")]
    [InlineData("""{"base":{"preset":"magenta","key":"D major"}}""", "seed=1", "C major alone")]
    [InlineData("""{"base":{"note-rnn":"nowhere"}}""", "seed=1", "nowhere")]
    [InlineData("""{"exclude":[{"algorithm":"q"}]}""", "exclude", "neither")]
    [InlineData("""{"grid":{"algorithm":["pg"]},"exclude":[{"algorithm":"q"}]}""", "exclude[0]", "no combination")]
    [InlineData("""{"draws":{"count":0,"ranges":{"discount":{"from":0,"to":1}}}}""", "draws.count", "found 0")]
    [InlineData("""{"draws":{"count":2,"ranges":{"discount":{"from":1,"to":0}}}}""", "draws.ranges.discount", "from below to")]
    [InlineData("""{"draws":{"count":2,"ranges":{"discount":{"from":0,"to":1,"scale":"log"}}}}""", "draws.ranges.discount", "above 0")]
    [InlineData("""{"draws":{"count":2,"ranges":{"algorithm":{"from":0,"to":1}}}}""", "draws.ranges.algorithm", "number")]
    [InlineData("""{"draws":{"count":9,"ranges":{"discount":{"from":0.5,"to":7}}}}""", "draws.ranges.discount", "from 0 to 1")]
    [InlineData("""{"grid":{"discount":[0.1]},"draws":{"count":1,"ranges":{"discount":{"from":0,"to":1}}}}""", "discount", "both")]
    [InlineData("""{"draws":{"count":99999,"ranges":{"discount":{"from":0,"to":1}}},"seeds":[1,2]}""", "at most 100000 runs", "199998")]
    [InlineData("""{"slurm":{"time":"1; rm -r /"}}""", "slurm.time", "found '1; rm -r /'")]
    [InlineData("""{"slurm":{"jobs":0}}""", "slurm.jobs", "above 0")]
    [InlineData("""{"kubernetes":{"image":"a\"b"}}""", "kubernetes.image", "letters")]
    [InlineData("""["q"]""", "line 1", "expected a plan")]
    [InlineData("", "line 1", "expected a plan")]
    public void A_wrong_plan_is_refused_where_it_is_wrong(string plan, params string[] words)
    {
        SweepFormatException error = Assert.Throws<SweepFormatException>(() => Plan(_folder.PathTo("sweep"), plan));
        Assert.False(Path.Exists(_folder.PathTo("sweep")));
        Assert.StartsWith(_folder.PathTo("grid.json"), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_are_names_of_folders_and_never_the_same()
    {
        KeyValuePair<string, string>[] varied = [new("note-rnn", "../nets/my net.safetensors"), new("key", "Eb dorian"), new("time-signature", "6/8")];
        Assert.Equal("note-rnn=my-net,key=Eb-dorian,time-signature=6-8,seed=3", RunName.Of(varied, 3));
        KeyValuePair<string, string>[] many = [.. Enumerable.Range(1, 30).Select(i => KeyValuePair.Create($"rules.rule-{i}", "0.5"))];
        string first = RunName.Of(many, 1), second = RunName.Of(many, 2);
        Assert.NotEqual(first, second);
        Assert.All([first, second], name => Assert.InRange(name.Length, 1, 180));
    }

    [Fact]
    public void Files_for_clusters_ask_for_what_the_plan_says()
    {
        Plan(_folder.PathTo("a sweep"), """
            {"seeds":[1,2,3],"slurm":{"time":"01:00:00","memory":"1G","partition":"short","account":"us","jobs":2,"container":"rltuner.sif"},"kubernetes":{"image":"here/rltuner:1","jobs":2}}
            """);
        string slurm = File.ReadAllText(_folder.PathTo("a sweep/sweep.sbatch")), kubernetes = File.ReadAllText(_folder.PathTo("a sweep/job.yaml"));
        Assert.StartsWith("#!/bin/bash\n", slurm, StringComparison.Ordinal);
        Assert.All(
            ["--array=0-2%2", "--time=01:00:00", "--mem=1G", "--partition=short", "--account=us", "--requeue", "--open-mode=append", "--signal=TERM@120"],
            option => Assert.Contains($"\n#SBATCH {option}\n", slurm, StringComparison.Ordinal));
        Assert.Contains($"\nsrun apptainer exec rltuner.sif rltuner sweep run '{_folder.PathTo("a sweep")}' --only \"$SLURM_ARRAY_TASK_ID\"", slurm, StringComparison.Ordinal);

        // The types are made from the schema that Kubernetes publishes; strictly, what it does not know is refused.
        V1Job job = KubernetesYaml.Deserialize<V1Job>(kubernetes, strict: true);
        Assert.Equal(("batch/v1", "Job", "Indexed", 3, 2), (job.ApiVersion, job.Kind, job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism));
        Assert.All(job.Spec.PodFailurePolicy.Rules, rule => Assert.Equal("Ignore", rule.Action));
        V1Container container = Assert.Single(job.Spec.Template.Spec.Containers);
        Assert.Equal("here/rltuner:1", container.Image);
        Assert.Equal(["sweep", "run", "/sweep", "--only", "$(JOB_COMPLETION_INDEX)", "--jobs", "1"], container.Args);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem is true && job.Spec.Template.Spec.SecurityContext.RunAsNonRoot is true);
        Assert.Equal(container.VolumeMounts.Select(mount => mount.Name), job.Spec.Template.Spec.Volumes.Select(volume => volume.Name));
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>(kubernetes.Replace("completions:", "complections:", StringComparison.Ordinal), strict: true));
        Assert.DoesNotContain('\r', slurm + kubernetes);
    }

    [Fact]
    public void A_sweep_grows_by_more_lines_and_refuses_to_shrink_or_change()
    {
        string sweep = _folder.PathTo("sweep");
        const string Few = """{"base":{"preset":"paper"},"grid":{"discount":[0.25,0.5]}}""", More = """{"base":{"preset":"paper"},"grid":{"discount":[0.75,0.5,0.25]},"seeds":[2,1]}""";
        Plan(sweep, Few);
        byte[] before = File.ReadAllBytes(Path.Combine(sweep, "runs.jsonl"));
        Plan(sweep, Few);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(sweep, "runs.jsonl")));

        PlannedRun[] runs = [.. Plan(sweep, More).Runs];
        byte[] grown = File.ReadAllBytes(Path.Combine(sweep, "runs.jsonl"));
        Assert.Equal(before, grown[..before.Length]);
        Assert.Equal(["discount=0.25,seed=1", "discount=0.5,seed=1"], runs[..2].Select(run => run.Name));
        Assert.Equal(6, runs.Length);
        SweepFolder read = SweepFolder.Open(sweep);
        Assert.Equal(runs.Select(run => (run.Name, RunLines.HashOf(run.Plan))), read.Runs.Select(run => (run.Name, RunLines.HashOf(run.Plan))));
        Assert.Equal(runs.SelectMany(run => run.Varied), read.Runs.SelectMany(run => run.Varied));

        Assert.Contains("gone", Assert.Throws<SweepFormatException>(() => Plan(sweep, Few)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "other numbers",
            Assert.Throws<SweepFormatException>(() => Plan(sweep, More.Replace("\"paper\"", "\"paper\",\"training-steps\":5", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
        Assert.Equal(grown, File.ReadAllBytes(Path.Combine(sweep, "runs.jsonl")));
    }

    [Theory]
    [InlineData("\"name\":\"", "\"name\":\"../")]
    [InlineData("\"discount\":0.25", "\"discount\":0.26")]
    [InlineData("\"discount\":0.25", "\"discount\":")]
    [InlineData("\"varied\"", "\"variety\"")]
    public void A_damaged_list_of_runs_is_refused_by_its_line(string from, string to)
    {
        string sweep = _folder.PathTo("sweep"), file = Path.Combine(sweep, "runs.jsonl");
        Plan(sweep, """{"base":{"preset":"paper"},"grid":{"discount":[0.5,0.25]}}""");
        string text = File.ReadAllText(file);
        int at = text.LastIndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + to + text[(at + from.Length)..]);
        Assert.StartsWith($"{file}, line 2: expected a run", Assert.Throws<SweepFormatException>(() => SweepFolder.Open(sweep)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PlannedRuns Expand(string plan) => SweepExpansion.Expand(SweepPlanFile.Read(Written(plan)), _folder.PathTo("grid.json"), NetOf, new RunEnvironment());

    private SweepFolder Plan(string sweep, string plan) => SweepFolder.Plan(Written(plan), sweep, NetOf);

    private static RLTuner.NoteRnn.NoteRnnModel NetOf(string name) =>
        name == "nowhere" ? throw new ArgumentException("expected a net, found none at nowhere") : SmallRuns.Net();

    private string Written(string plan)
    {
        string path = _folder.PathTo("grid.json");
        File.WriteAllText(path, plan);
        return path;
    }
}
