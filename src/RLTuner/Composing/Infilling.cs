using System.Collections.Immutable;
using System.Globalization;
using RLTuner.Music;
using RLTuner.Numerics;

namespace RLTuner.Composing;

/// <summary>A melody of which a part was composed anew.</summary>
/// <param name="Melody">The whole melody.</param>
/// <param name="Tries">How many ways to fill the gaps were tried.</param>
/// <param name="EffectiveTries">
/// How many tries, all equally good, would have told as much (Kong 1992): near 1 the melody is the one try that fitted at all, and hardly drawn as the net would have it.
/// </param>
public sealed record Infill(Melody Melody, int Tries, double EffectiveTries)
{
    /// <summary>With fewer the choice was poor.</summary>
    private const double Few = 4;

    /// <summary>What a listener should know; null where there is nothing.</summary>
    public string? Word => EffectiveTries >= Few || Tries == 1 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"of {Tries} tries hardly any led on to what stays, so that this one may join it badly: try again, or keep less");
}

/// <summary>
/// Composes parts of a melody anew between what stays, as the policy would have composed them had it known what follows: draws from the policy's own probability of the free steps given
/// all others. Many tries are played side by side, each free step as the policy plays it; a step that stays weighs a try by how likely the policy finds it there; at the next
/// gap, tries that fit poorly are replaced by copies of those that fit well, and at the end one is drawn by its weight (sequential importance resampling: Rubin 1988, "Using the SIR
/// algorithm"; Gordon, Salmond and Smith 1993, "Novel approach to nonlinear/non-Gaussian Bayesian state estimation"). The more tries, the nearer to the exact probabilities.
/// <para>
/// What stays is what is heard there. A step that stays, follows a free one and holds is a note or a rest that began in a part that goes: it holds on where the new part happens to end with
/// the same note or in silence, else the note begins there, or an end of note makes the rest. How long a note that stays sounds on into a free step is the new part's to say.
/// </para>
/// </summary>
/// <param name="policy">Says how likely each next event is.</param>
/// <param name="key">The key of the first note, where a policy that does not know how melodies begin is to compose it.</param>
public sealed class Infilling(IPolicy policy, Key key)
{
    /// <summary>Some 6,000 tries; with the shipped net half a second for eight bars.</summary>
    public const int UsualRounds = 24;

    /// <summary>Tries played side by side, 1 or more.</summary>
    public int Tries { get; init; } = 256;

    /// <summary>How often as many tries are added while too few of them fit, 1 or more.</summary>
    public int Rounds { get; init; } = UsualRounds;

    /// <summary>With so many effective tries no more are added.</summary>
    public double Enough { get; init; } = 32;

    /// <summary>After so many steps that stay the best-fitting try is drawn; what comes later hardly depends on the gap. 1 or more.</summary>
    public int LookAhead { get; init; } = 64;

    /// <summary>Composes the free steps of a melody.</summary>
    /// <param name="melody">The melody.</param>
    /// <param name="stays">[step]: whether the step stays.</param>
    /// <param name="seed">One seed gives the same melody.</param>
    /// <param name="sampling">How free steps are chosen; by default as likely as the policy says.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a pitch lies outside the policy's encoding.</exception>
    public Infill Compose(Melody melody, ImmutableArray<bool> stays, ulong seed, Sampling? sampling = null)
    {
        ArgumentNullException.ThrowIfNull(melody);
        if (melody.Events.Length != stays.Length || stays.IsEmpty)
        {
            throw new ArgumentException($"expected to be told of each step of the melody whether it stays, found {stays.Length} answers for {melody.Events.Length} steps", nameof(stays));
        }

        if (melody.Events.FirstOrDefault(played => !policy.Encoding.Contains(played)) is { StartsNote: true } outside)
        {
            throw new ArgumentException($"expected pitches from {policy.Encoding.Lowest} to {policy.Encoding.Highest}, which the net knows, found {outside}", nameof(melody));
        }

        int first = stays.IndexOf(false);
        if (first < 0)
        {
            return new Infill(melody, 1, 1);
        }

        // Nothing follows the only gap: every try is as good as any other.
        bool isOpen = !stays.AsSpan()[first..].Contains(true);
        Sampling choosing = (sampling ?? new Sampling()).Validated();
        RandomSource drawing = new(seed, "infill");
        InfillRound? chosen = null;
        double sum = double.NegativeInfinity, squares = double.NegativeInfinity;
        int rounds = 0;
        do
        {
            InfillRound round = InfillRound.Play(
                policy, key, melody, stays, isOpen ? 1 : Tries, LookAhead, choosing, new RandomSource(seed, string.Create(CultureInfo.InvariantCulture, $"infill {rounds}")));

            // Rounds are pooled by how likely each found what stays.
            sum = LogAdd(sum, round.LogEvidence);
            squares = LogAdd(squares, (2 * round.LogEvidence) - Math.Log(round.EffectiveTries));
            if (chosen is null || drawing.NextDouble() < Math.Exp(round.LogEvidence - sum))
            {
                chosen = round;
            }

            rounds++;
        }
        while (!isOpen && rounds < Rounds && Math.Exp((2 * sum) - squares) < Enough);

        return new Infill(Melody.FromClasses(chosen.Events, policy.Encoding), isOpen ? 1 : rounds * Tries, Math.Exp((2 * sum) - squares));
    }

    private static double LogAdd(double first, double second)
    {
        double most = Math.Max(first, second);
        return double.IsNegativeInfinity(most) ? most : most + Math.Log(Math.Exp(first - most) + Math.Exp(second - most));
    }
}
