namespace RLTuner.Scores.Abc;

/// <summary>What a K: field says of pitch: the accidental of each letter and, where it names a key, the signature.</summary>
/// <param name="Accidentals">Semitones up or down for each letter, C to B.</param>
/// <param name="Signature">The nearest signature; null for <c>K:none</c>.</param>
internal sealed record AbcKey(IReadOnlyList<int> Accidentals, KeySignature? Signature)
{
    // The places of the letters C to B in the order in which sharps appear: F C G D A E B.
    private static readonly int[] FifthOrder = [1, 3, 5, 0, 2, 4, 6];

    /// <summary>No signature.</summary>
    public static AbcKey None { get; } = new(new int[7], null);

    /// <summary>The letter's place, 0 (C) to 6 (B), in either case; -1 for what is none.</summary>
    public static int LetterIndex(char letter) => "CDEFGAB".IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);

    /// <summary>
    /// Reads a field such as <c>Eb dor ^f clef=bass</c>; one that names no key, such as <c>clef=bass</c>, keeps the one before. A mode that is
    /// not known counts as major.
    /// </summary>
    public static AbcKey Parse(string text, AbcKey before, out bool isUnderstood)
    {
        isUnderstood = true;
        if (text.Length == 0)
        {
            return None;
        }

        string[] words = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        bool isPipes = words[0] is "HP" or "Hp";
        int fifths = 0;
        bool isMinor = false;
        if (isPipes)
        {
            fifths = 2;
        }
        else if (words[0].Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return WithAccidentals(None, words);
        }
        else if (!TryParseTonic(words, out fifths, out isMinor, out isUnderstood))
        {
            isUnderstood = words[0].Contains('=', StringComparison.Ordinal) || words[0][0] is '^' or '_' || IsClef(words[0]);
            return WithAccidentals(before, words);
        }

        AbcKey key = Of(fifths, isMinor);
        bool isExplicit = words.Contains("exp", StringComparer.OrdinalIgnoreCase);
        return WithAccidentals(isExplicit ? key with { Accidentals = None.Accidentals } : key, words);
    }

    /// <summary>The key as it sounds some semitones higher.</summary>
    public KeySignature? Transposed(int semitones)
    {
        if (Signature is not { } signature || semitones % 12 == 0)
        {
            return Signature;
        }

        int fifths = (((signature.Sharps + (7 * semitones)) % 12) + 12) % 12;
        return signature with { Sharps = fifths > 6 ? fifths - 12 : fifths };
    }

    private static bool TryParseTonic(string[] words, out int fifths, out bool isMinor, out bool isKnown)
    {
        (fifths, isMinor, isKnown) = (0, false, true);
        int letter = LetterIndex(words[0][0]);
        string rest = words[0][1..];
        bool hasSign = rest.StartsWith('#') || rest.StartsWith('b');
        int sign = !hasSign ? 0 : rest[0] == '#' ? 1 : -1;
        string mode = hasSign ? rest[1..] : rest;
        mode = Letters(mode);
        isKnown = mode.Length == 0 || ModeFifths(mode) is not null;
        bool isTonic = letter >= 0 && (isKnown || (char.IsAsciiLetterUpper(words[0][0]) && !IsClef(words[0])));
        if (!isTonic)
        {
            return false;
        }

        if (ModeFifths(mode) is null)
        {
            // K:D minor, and with a hyphen K:d-moll.
            string after = rest[(hasSign ? 1 : 0)..].TrimStart('-');
            mode = after.Length > 0 && ModeFifths(Letters(after)) is not null ? Letters(after) : words.Length > 1 ? Letters(words[1]) : mode;
        }

        fifths = FifthOrder[letter] - 1 + (7 * sign) + (ModeFifths(mode) ?? 0);
        isMinor = mode.Length > 0 && ModeFifths(mode) == -3;
        return true;
    }

    private static string Letters(string text) => new([.. text.TakeWhile(char.IsAsciiLetter)]);

    private static bool IsClef(string word) =>
        ((string[])["treble", "bass", "alto", "tenor", "soprano", "mezzo", "baritone", "perc", "clef", "none"]).Any(
            name => word.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>By how many fifths the signature of a mode lies from that of major on the same tonic; three letters decide.</summary>
    private static int? ModeFifths(string mode) => mode.Equals("m", StringComparison.OrdinalIgnoreCase)
        ? -3
        : mode.Length < 3 ? null : mode[..3].ToLowerInvariant() switch
        {
            "lyd" => 1,
            "maj" or "ion" or "dur" => 0,
            "mix" => -1,
            "dor" => -2,
            "min" or "aeo" or "mol" => -3,
            "phr" => -4,
            "loc" => -5,
            _ => null,
        };

    private static AbcKey Of(int fifths, bool isMinor)
    {
        // With more than seven sharps a letter gets a second one.
        int[] accidentals = [.. FifthOrder.Select(order => (int)Math.Floor((fifths - order - 1) / 7.0) + 1)];
        return new AbcKey(accidentals, new KeySignature(WithinSeven(fifths), isMinor));
    }

    private static int WithinSeven(int fifths) => fifths > 7 ? fifths - 12 : fifths < -7 ? fifths + 12 : fifths;

    /// <summary>Adds accidentals such as <c>^f</c>; the signature follows where they make another, as D with a natural C is G's.</summary>
    private static AbcKey WithAccidentals(AbcKey key, string[] words)
    {
        int[] accidentals = [.. key.Accidentals];
        bool any = false;
        foreach (string word in words)
        {
            int at = 0;
            while (TryParseAccidental(word, ref at, out int letter, out int semitones))
            {
                accidentals[letter] = semitones;
                any = true;
            }
        }

        if (!any)
        {
            return key;
        }

        bool isMinor = key.Signature?.IsMinor ?? false;
        KeySignature? signature = Enumerable.Range(-7, 15).Where(fifths => Of(fifths, isMinor).Accidentals.SequenceEqual(accidentals))
            .Select(fifths => (KeySignature?)new KeySignature(fifths, isMinor)).FirstOrDefault(key.Signature);
        return new AbcKey(accidentals, signature);
    }

    private static bool TryParseAccidental(string word, ref int at, out int letter, out int semitones)
    {
        int start = at;
        semitones = 0;
        letter = -1;
        while (at < word.Length && at < start + 2 && word[at] is '^' or '_' or '=')
        {
            semitones += word[at] == '^' ? 1 : word[at] == '_' ? -1 : 0;
            at++;
        }

        if (at > start && at < word.Length)
        {
            letter = LetterIndex(word[at]);
            at++;
        }

        return letter >= 0;
    }
}
