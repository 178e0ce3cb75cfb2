using RLTuner.Files;
using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;
using RLTuner.Music;
using RLTuner.Music.Analysis;
using RLTuner.Rewards;
using RLTuner.Rules;

namespace RLTuner.Tests.Learning.PolicyGradient;

public sealed class PolicyGradientLearnerTests
{
    private static readonly PgOptions Options = new() { BatchMelodies = 11, LearningRate = 0.02f };

    private static LearningTask Task => SmallTasks.Of(SmallTasks.Score);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_number_of_threads_plays_and_learns_the_same(int threads)
    {
        (byte[] state, SmallTasks.Recorder notes) = Run(Task, 6);
        (byte[] other, SmallTasks.Recorder otherNotes) = Run(Task with { Threads = threads }, 6);
        Assert.Equal(notes.Notes, otherNotes.Notes);
        Assert.Equal(state, other);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(4, true)]
    public void A_learner_that_goes_on_from_anothers_state_ends_with_the_same_bytes(int batches, bool position)
    {
        LearningTask task = Task with { PositionInput = position };
        (byte[] whole, SmallTasks.Recorder notes) = Run(task, 6);
        (byte[] state, _) = Run(task, batches);
        ILearner resumed = Options.Create(task);
        resumed.Restore(new StateReader(new MemoryStream(state)));
        Assert.Equal(batches * 77, resumed.Step);
        SmallTasks.Recorder rest = new();
        resumed.Advance((6 - batches) * 77, rest, CancellationToken.None);
        Assert.Equal(notes.Notes[(batches * 77)..], rest.Notes);
        Assert.Equal(whole, StateOf(resumed));
    }

    [Fact]
    public void Whole_batches_are_played_and_each_note_is_told_with_its_reward()
    {
        ILearner learner = Options.Create(Task with { Reward = Task.Reward with { TheoryScale = 0.5, NoteRnnScale = 2 } });
        SmallTasks.Recorder notes = new();
        learner.Advance(1, notes, CancellationToken.None);
        Assert.Equal((77, 77), (learner.Step, notes.Notes.Count));
        learner.Advance(78, notes, CancellationToken.None);
        Assert.Equal((231, 231), (learner.Step, notes.Notes.Count));
        Assert.All(notes.Notes, note =>
        {
            Assert.Equal((0.5 * note.Theory) + (2 * note.NoteRnn), note.Reward, 1e-9);
            Assert.Equal(note.Theory, note.Rule);
            Assert.InRange(note.NoteRnn, -30, 0);
        });
    }

    [Fact]
    public void Who_asks_to_stop_gets_no_more_than_the_batch_that_is_played()
    {
        ILearner learner = Options.Create(Task);
        learner.Advance(100, new SmallTasks.Recorder(), new CancellationToken(canceled: true));
        Assert.Equal(0, learner.Step);
    }

    [Fact]
    public void Figures_are_means_since_they_were_last_taken()
    {
        ILearner learner = (Options with { KlWeight = 0.25 }).Create(Task);
        learner.Advance(1, new SmallTasks.Recorder(), CancellationToken.None);
        Dictionary<string, double> first = learner.TakeDiagnostics().ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.Equal(["kl", "entropy", "kl-weight", "advantage-sd", "gradient-norm"], first.Keys);
        Assert.Equal(0, first["kl"], 1e-5);
        Assert.Equal(0.25, first["kl-weight"]);
        Assert.InRange(first["entropy"], 1, 7 * Math.Log(6));
        Assert.Equal(Math.Sqrt(learner.Gradient()!.Values.Sum(value => (double)value * value)), first["gradient-norm"], 1e-5);
        Assert.All(learner.TakeDiagnostics(), figure => Assert.True(double.IsNaN(figure.Value)));
    }

    [Fact]
    public void Rewards_that_are_no_numbers_end_the_run_by_name()
    {
        ILearner learner = Options.Create(SmallTasks.Of((_, next) => next == 3 ? double.NaN : 0));
        Assert.Throws<LearningDivergedException>(() => learner.Advance(1000, new SmallTasks.Recorder(), CancellationToken.None));
    }

    [Fact]
    public void An_update_allocates_little_however_many_notes_it_has()
    {
        LearningTask quiet = Task with { Reward = new Reward(new RuleSet([new WeightedRule(new NextClass())]), 1, 0) };
        long few = Allocated(Options.Create(quiet)), many = Allocated((Options with { BatchMelodies = 200 }).Create(quiet));
        Assert.InRange(few, 0, 8000);
        Assert.InRange(many - few, -1000, 1000);

        static long Allocated(ILearner learner)
        {
            Silent silent = new();
            learner.Advance(20_000, silent, CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            learner.Advance(1, silent, CancellationToken.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_tuned_net_with_a_prior_is_refused()
    {
        LearningTask task = Task;
        Assert.Throws<ArgumentException>(() => Options.Create(task with { NoteRnn = task.NoteRnn with { Prior = task.NoteRnn.Weights } }));
    }

    private static (byte[] State, SmallTasks.Recorder Notes) Run(LearningTask task, int batches)
    {
        ILearner learner = Options.Create(task);
        SmallTasks.Recorder notes = new();
        if (batches > 0)
        {
            learner.Advance(batches * 77, notes, CancellationToken.None);
        }

        return (StateOf(learner), notes);
    }

    private static byte[] StateOf(ILearner learner)
    {
        MemoryStream stream = new();
        learner.Save(new StateWriter(stream));
        return stream.ToArray();
    }

    private sealed class NextClass : IRule
    {
        public string Name => "next";

        public double Score(MelodySoFar before, MelodyEvent next) => before.Encoding.ClassOf(next);
    }

    private sealed class Silent : IStepSink
    {
        public void Played(double reward, double theory, double noteRnn, ReadOnlySpan<double> rules)
        {
        }
    }
}
