import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Puts a gzip form beside every text file once it is written, so that the server need not compress on each request. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle)) {
        const path = join(dir!, name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

/** Moves the link to the page's style behind what is seen first, which has a style of its own and need not wait for it. */
function shownFirst(): Plugin {
  return {
    name: "shown-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? [];
        return links.reduce((page, link) => page.replace(link, ""), html).replace("  </body>", `${links.join("")}  </body>`);
      },
    },
  };
}

export default defineConfig({
  plugins: [svelte(), shownFirst(), compressed()],
  // The Content-Security-Policy allows no data: scripts or fonts, and a preload script would be inline.
  // light-dark() stays as it is written: every browser since 2024 knows it.
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { "/v1": process.env.TALENTGRAPH_API ?? "http://127.0.0.1:8321" } },
});
