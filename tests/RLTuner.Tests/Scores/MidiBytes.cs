namespace RLTuner.Tests.Scores;

/// <summary>MIDI files put together by hand, byte by byte.</summary>
internal static class MidiBytes
{
    public static readonly byte[] EndOfTrack = [0x00, 0xFF, 0x2F, 0x00];

    public static byte[] File(int format, int division, params byte[][] chunks) =>
    [
        .. "MThd"u8, 0, 0, 0, 6, 0, (byte)format, 0, (byte)chunks.Count(chunk => chunk[1] == 'T'), (byte)(division >> 8), (byte)division,
        .. chunks.SelectMany(chunk => chunk),
    ];

    public static byte[] Track(params byte[] events) => Chunk("MTrk", [.. events, .. EndOfTrack]);

    public static byte[] Chunk(string name, params byte[] data) =>
        [.. name.Select(letter => (byte)letter), 0, 0, (byte)(data.Length >> 8), (byte)data.Length, .. data];
}
