using System.Text.Json;
using RLTuner.Learning;
using RLTuner.Learning.PolicyGradient;

namespace RLTuner.Tests.Learning.PolicyGradient;

public sealed class PgOptionsTests
{
    [Fact]
    public void Stored_options_are_read_back()
    {
        PgOptions options = new() { TargetKl = 12.5, BatchMelodies = 64, LearningRate = 1e-3f };
        LearnerKind kind = options.Kind;
        Assert.Equal(options, JsonSerializer.Deserialize(JsonSerializer.Serialize(options, kind.Json), kind.Json));
    }

    [Fact]
    public void Each_setting_is_listed_once()
    {
        LearnerKind kind = new PgOptions().Kind;
        Assert.Equal(["pg"], kind.Names);
        Assert.Equal(["target-kl", "kl-weight", "entropy-weight", "batch-melodies", "learning-rate", "clip-norm"], kind.Settings.Select(setting => setting.Name));
        Assert.IsType<PgOptions>(kind.Defaults("pg", Quirks.None));
    }

    [Theory]
    [InlineData(0, 128, "target-kl")]
    [InlineData(8, 1, "batch-melodies")]
    public void What_lies_outside_its_range_is_refused_by_name(double target, int batch, string name)
    {
        PgOptions options = new() { TargetKl = target, BatchMelodies = batch };
        Assert.Contains(name, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
