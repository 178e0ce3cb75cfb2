namespace RLTuner.Scores.Abc;

/// <summary>The order of parts of a P: field in the header, such as <c>AABB</c>, <c>A2B2</c> or <c>(AB)3.C</c>, written out.</summary>
internal static class AbcPartOrder
{
    /// <summary>The longest order that is played.</summary>
    public const int MaxParts = 1000;

    /// <summary>The letters in playing order; null where brackets do not match, or there are more than <see cref="MaxParts"/>.</summary>
    public static string? Expand(string text)
    {
        List<char> parts = [];
        Stack<int> open = [];
        int unit = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char sign = text[i];
            if (char.IsAsciiLetter(sign))
            {
                unit = parts.Count;
                parts.Add(sign);
            }
            else if (sign == '(')
            {
                open.Push(parts.Count);
            }
            else if (sign == ')')
            {
                if (!open.TryPop(out unit))
                {
                    return null;
                }
            }
            else if (char.IsAsciiDigit(sign))
            {
                int times = sign - '0';
                while (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
                {
                    times = Math.Min((10 * times) + text[++i] - '0', MaxParts + 1);
                }

                if (unit + ((long)(parts.Count - unit) * times) > MaxParts)
                {
                    return null;
                }

                Repeat(parts, unit, times);
                unit = parts.Count;
            }

            if (parts.Count > MaxParts || open.Count > MaxParts)
            {
                return null;
            }
        }

        return new string([.. parts]);
    }

    private static void Repeat(List<char> parts, int from, int times)
    {
        List<char> unit = parts[from..];
        parts.RemoveRange(from, unit.Count);
        for (int i = 0; i < times; i++)
        {
            parts.AddRange(unit);
        }
    }
}
