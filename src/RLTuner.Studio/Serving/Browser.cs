using System.ComponentModel;
using System.Diagnostics;

namespace RLTuner.Studio.Serving;

/// <summary>Opens the page in the user's own browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address; where there is no browser nothing happens, as the address is printed too.</summary>
    public static void Open(string address)
    {
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows() ? new(address) { UseShellExecute = true }
                : new(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using Process? browser = Process.Start(start);
        }
        catch (Win32Exception)
        {
            // No such program.
        }
    }
}
