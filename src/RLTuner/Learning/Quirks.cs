namespace RLTuner.Learning;

/// <summary>Oddities of the published program that a run reproduces, each by its name; docs/differences-from-magenta.md explains them.</summary>
[Flags]
public enum Quirks
{
    /// <summary>The method as the paper means it.</summary>
    None = 0,

    /// <summary>Targets look past the end of a melody, as if it went on.</summary>
    SeesPastTheEnd = 1 << 0,

    /// <summary>Where the note is drawn, the best one's score learns from it.</summary>
    CreditsBest = 1 << 1,

    /// <summary>Random notes, as actions and as primers, are never the highest.</summary>
    NeverDrawsHighest = 1 << 2,

    /// <summary>G-learning changes the Note RNN too, through the target.</summary>
    TrainsPrior = 1 << 3,

    /// <summary>G-learning starts from the Note RNN's own output layer, not from scores of 0.</summary>
    KeepsOutputOfG = 1 << 4,

    /// <summary>After a primer the melody goes on from the net's own guess, and the Note RNN hears another primer.</summary>
    GoesOnFromOwnGuess = 1 << 5,

    /// <summary>Steps count from 0: the first window holds a note more, and is named for one less.</summary>
    CountsFromZero = 1 << 6,

    /// <summary>An evaluation moves the exploration clock and cuts the running melody short.</summary>
    EvaluationInterrupts = 1 << 7,

    /// <summary>An evaluation keeps the reward of each melody's last step alone.</summary>
    ReportsLastStep = 1 << 8,

    /// <summary>What is heard before a melody, a random event or a primer, may end anywhere in a bar: bars begin where it ends.</summary>
    BeginsOffTheBeat = 1 << 9,

    /// <summary>All of them: the published program.</summary>
    Magenta = (1 << 10) - 1,
}

/// <summary>Asks for quirks.</summary>
public static class QuirksExtensions
{
    /// <summary>Whether one is among them.</summary>
    public static bool Has(this Quirks quirks, Quirks one) => (quirks & one) != 0;
}
