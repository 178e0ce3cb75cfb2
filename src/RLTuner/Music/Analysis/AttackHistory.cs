namespace RLTuner.Music.Analysis;

/// <summary>The notes attacked so far, as far as rules look back. The default value is a melody without attacks.</summary>
public readonly record struct AttackHistory
{
    /// <summary>How many notes were attacked.</summary>
    public int Count { get; private init; }

    /// <summary>The pitch attacked first; meaningful only after an attack.</summary>
    public Pitch First { get; private init; }

    /// <summary>The pitch attacked last; meaningful only after an attack.</summary>
    public Pitch Latest { get; private init; }

    /// <summary>The last attacked pitch that differs from <see cref="Latest"/>; meaningful where <see cref="HasLatestOther"/>.</summary>
    public Pitch LatestOther { get; private init; }

    /// <summary>Whether two different pitches were attacked.</summary>
    public bool HasLatestOther { get; private init; }

    /// <summary>How many attacks in a row, up to the last one, were on <see cref="Latest"/>.</summary>
    public int RunLength { get; private init; }

    /// <summary>Whether a step without an attack came since the run's first attack.</summary>
    public bool RunIsBroken { get; private init; }

    /// <summary>Steps since the last attack, or since the start: 0 right after an attack.</summary>
    public int StepsWithoutAttack { get; private init; }

    /// <summary>Whether a note sounds.</summary>
    public bool IsSounding { get; private init; }

    /// <summary>Whether attacking the pitch would only repeat the latest pitch or go back to the one before it (a trill).</summary>
    public bool RepeatsOrTrills(Pitch pitch) =>
        (Count > 0 && pitch == Latest) || (HasLatestOther && pitch == LatestOther);

    /// <summary>The history with an event more.</summary>
    public AttackHistory With(MelodyEvent next)
    {
        if (!next.StartsNote)
        {
            return this with
            {
                RunIsBroken = Count > 0,
                StepsWithoutAttack = StepsWithoutAttack + 1,
                IsSounding = IsSounding && next.IsHold,
            };
        }

        Pitch pitch = next.Pitch;
        bool again = Count > 0 && pitch == Latest;
        return new AttackHistory
        {
            Count = Count + 1,
            First = Count == 0 ? pitch : First,
            Latest = pitch,
            LatestOther = again ? LatestOther : Latest,
            HasLatestOther = again ? HasLatestOther : Count > 0,
            RunLength = again ? RunLength + 1 : 1,
            RunIsBroken = again && RunIsBroken,
            IsSounding = true,
        };
    }
}
