using System.ComponentModel;
using System.Diagnostics;

namespace RLTuner.Tests.Scores;

/// <summary>A program of the machine that shares nothing with ours; tests that need it skip where it is absent.</summary>
internal static class OutsideProgram
{
    /// <summary>What the program prints.</summary>
    public static string Run(string program, string package, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.GetAwaiter().GetResult();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"needs the program {program} (Debian package {package})");
            throw;
        }
    }
}
