using Microsoft.AspNetCore.Http;

namespace RLTuner.Studio.Serving;

/// <summary>What every answer forbids the browser.</summary>
internal static class SecurityHeaders
{
    /// <summary>Of the page: its own scripts and styles, nothing from anywhere else.</summary>
    public const string PagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; worker-src 'self'; media-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'";

    /// <summary>Of reports, which have their script in them: an origin of their own, so that they reach nothing of the studio.</summary>
    public const string ReportPolicy = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    /// <summary>Sets them before anything is answered; an endpoint may set its own policy.</summary>
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}
