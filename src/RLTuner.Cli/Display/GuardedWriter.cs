using System.Text;

namespace RLTuner.Cli.Display;

/// <summary>A stream of the console that may end before the program does: what follows is dropped, and somebody hears of it once.</summary>
/// <param name="open">Opens it at the first write.</param>
/// <param name="lost">Hears why it cannot be written.</param>
internal sealed class GuardedWriter(Func<TextWriter> open, Action<Exception> lost) : TextWriter
{
    private TextWriter? _inner;
    private bool _isLost;

    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => Try(inner => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(inner => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(inner => inner.Write(value));

    public override void WriteLine(string? value) => Try(inner => inner.WriteLine(value));

    public override void Flush() => Try(inner => inner.Flush());

    private void Try(Action<TextWriter> write)
    {
        if (_isLost)
        {
            return;
        }

        try
        {
            write(_inner ??= open());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _isLost = true;
            lost(error);
        }
    }
}
