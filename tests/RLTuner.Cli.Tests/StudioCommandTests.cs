using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RLTuner.Tests;

namespace RLTuner.Cli.Tests;

/// <summary><c>rltuner studio</c> starts the studio and ends with it. The studio itself has tests of its own.</summary>
public sealed class StudioCommandTests
{
    [Fact]
    public async Task It_prints_an_address_that_answers_and_ends_with_the_command()
    {
        using TemporaryFolder folder = new();
        using Process command = Rltuner.Start(["studio", "--port", "0", "--no-browser", "--folder", folder.PathTo("songs")]);
        Uri address = new((await command.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.GetAsync(new Uri(address, $"/api/studio{address.Query}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // Not its children: they end by themselves.
        command.Kill();
        for (int tries = 0; ; tries++)
        {
            try
            {
                using TcpClient connection = new();
                await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
                Assert.True(tries < 500, "the studio did not end with the command");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                break;
            }
        }
    }

    [Fact]
    public void What_it_cannot_use_is_told_in_one_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathTo("a-file"), "mine");
        Rltuner.Run("studio", "--no-browser", "--port", "0", "--folder", folder.PathTo("a-file")).Refused(1, folder.PathTo("a-file"), "expected a folder to write to");
        Rltuner.Run("studio", "--port", "70000").Refused(2, "--port: expected a whole number from 0 to 65535");
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = $"{((IPEndPoint)other.LocalEndpoint).Port}";
        Rltuner.Run("studio", "--no-browser", "--port", port, "--folder", folder.PathTo("songs")).Refused(1, port, "expected a free port");
        Assert.Equal("mine", File.ReadAllText(folder.PathTo("a-file")));
    }
}
