import { defineConfig } from "@rspack/cli";
import { rspack } from "@rspack/core";

export default defineConfig({
  entry: "./src/index.js",
  output: { filename: "[name].[contenthash].js", clean: true },
  plugins: [new rspack.HtmlRspackPlugin({ template: "./src/index.html" })],
});
