using System.Diagnostics;

namespace RLTuner.Tests;

/// <summary>Numbers of an independent program; a test that asks for them skips where it is absent.</summary>
internal static class NumPy
{
    /// <summary>The lines that a script prints of its input.</summary>
    public static string[] Run(string script, string input)
    {
        // Debian's own, which its package python3-numpy belongs to, before any other.
        foreach (string program in (string[])["/usr/bin/python3", "python3"])
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, ["-c", script])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                process.StandardInput.Write(input);
                process.StandardInput.Close();
                string output = process.StandardOutput.ReadToEnd(), errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                if (!errors.Contains("No module named", StringComparison.Ordinal))
                {
                    Assert.True(process.ExitCode == 0, errors);
                    return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                }
            }
            catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
            {
                // Not there, or gone before it read: try the next.
            }
        }

        Assert.Skip("needs NumPy (Debian package python3-numpy)");
        return [];
    }
}
