import { defineConfig } from "vite";

export default defineConfig({
  // The page is served at any address; every path in it is relative to its own file.
  base: "./",
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    // The Content-Security-Policy lets nothing in that stands inside another file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssMinify: "lightningcss",
  },
  worker: { format: "es" },
});
