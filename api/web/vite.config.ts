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

/** Puts the page's own style into it: what is seen first then waits for one answer of the server instead of two. */
function styled(): Plugin {
  return {
    name: "styled",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle["index.html"];
      if (page?.type !== "asset") throw new Error("The build made no index.html.");
      page.source = String(page.source).replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (_, name: string) => {
        const style = bundle[name];
        if (style?.type !== "asset") throw new Error(`The build made no ${name}.`);
        delete bundle[name];
        return `<style>${String(style.source).trim()}</style>`;
      });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), styled(), compressed()],
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
