using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace RLTuner.Studio.Serving;

/// <summary>
/// Who may call: whoever has the token, from a page of this address. A page elsewhere has neither the cookie nor our <c>Host</c>, whatever name it makes
/// point to 127.0.0.1.
/// </summary>
internal sealed class Access(string token)
{
    private readonly byte[] _token = Encoding.ASCII.GetBytes(token);

    /// <summary>What the address that is printed has in it.</summary>
    public string Token => token;

    /// <summary>Lets a request through, or answers it.</summary>
    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        string own = $":{context.Connection.LocalPort}", cookie = $"rltuner-studio-{context.Connection.LocalPort}";
        string host = request.Host.Value ?? "";
        if (host != "127.0.0.1" + own && host != "localhost" + own)
        {
            await Problems.AnswerAsync(context, 403, $"expected a request to 127.0.0.1{own}, found one to another host").ConfigureAwait(false);
        }
        else if (request.Headers.Origin is { Count: > 0 } origin && IsUnsafe(request.Method) && origin != $"http://{host}")
        {
            await Problems.AnswerAsync(context, 403, "expected a request from the studio's own page, found one from another").ConfigureAwait(false);
        }
        else if (Is(request.Query["token"]))
        {
            context.Response.Cookies.Append(cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            await next(context).ConfigureAwait(false);
        }
        else if (Is(request.Cookies[cookie]))
        {
            await next(context).ConfigureAwait(false);
        }
        else
        {
            await Problems.AnswerAsync(context, 403, "expected the address that 'rltuner studio' printed when it started, found one without its token").ConfigureAwait(false);
        }
    }

    private bool Is(StringValues given) => given is [{ } text] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);

    private static bool IsUnsafe(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
}
